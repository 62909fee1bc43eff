package io.sluice.dashboard.table;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.sluice.dashboard.Format;
import io.sluice.order.Step;
import io.sluice.store.OrderFilter;

/** The filters behind the button <i>More</i>. */
record MoreFilters(OrderFilter filter) {

    /** A step to choose. */
    record Choice(String name, String title, boolean chosen) {}

    public List<Choice> steps() {
        return Arrays.stream(Step.values())
                .map(step -> new Choice(step.wireName(), Format.sentence(step.wireName()), step == filter.step()))
                .toList();
    }

    public String cause() {
        return filter.cause() == null ? "" : filter.cause();
    }

    public String country() {
        return filter.country() == null ? "" : filter.country();
    }

    /** Kept by the form, though it does not offer it; null if there is none. */
    public Instant placedFrom() {
        return filter.placedFrom();
    }

    /** Kept by the form, though it does not offer it; null if there is none. */
    public Instant placedTo() {
        return filter.placedTo();
    }

    /** How many are set. */
    public long set() {
        return Stream.of(filter.step(), filter.cause(), filter.country(), filter.placedFrom(), filter.placedTo())
                .filter(Objects::nonNull)
                .count();
    }
}
