package io.sluice.order;

/**
 * Where the goods go.
 *
 * @param country ISO 3166-1 alpha-2
 */
public record Address(String name, String street, String city, String postalCode, String country) {}
