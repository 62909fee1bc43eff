package io.sluice.address;

/**
 * A line of an address, as it is printed.
 *
 * @param name whether it is the recipient's name
 */
public record AddressLine(String text, boolean name) {}
