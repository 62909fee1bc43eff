package io.sluice.order;

/** A shipment as the carrier knows it. */
public record Shipment(String trackingNumber, String carrier) {}
