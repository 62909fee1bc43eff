package io.sluice.order;

/** Who ordered. {@code email} may be null. */
public record Customer(String name, String email) {}
