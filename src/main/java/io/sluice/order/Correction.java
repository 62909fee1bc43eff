package io.sluice.order;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of an order that may be corrected after it was accepted; as {@link OrderDraft} has them. */
public record Correction(Customer customer, Address shipTo, Instant shipBy, String note,
        SortedMap<String, String> metadata) {
    private static final String ERASED = "(erased)";

    public Correction {
        metadata = metadata == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** What is left of an order when the person is erased from it. */
    public static Correction withoutThePerson(String country, Instant shipBy) {
        Address address = new Address(ERASED, null, ERASED, null, null, null, null, country, null);
        return new Correction(new Customer(ERASED, null), address, shipBy, null, null);
    }
}
