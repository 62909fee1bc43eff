package io.sluice.order;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of an order that may be corrected after it was accepted; as {@link OrderDraft} has them. */
public record Correction(Customer customer, Address shipTo, Instant shipBy, String note,
        SortedMap<String, String> metadata) {

    public Correction {
        metadata = metadata == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
}
