package io.sluice.dashboard.table;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

    public String placedFrom() {
        return field(filter.placedFrom());
    }

    public String placedTo() {
        return field(filter.placedTo());
    }

    /** As a field for a date and time has it; empty for null. */
    private static String field(Instant moment) {
        return moment == null
                ? ""
                : LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC).toString();
    }

    /** How many are set. */
    public long set() {
        return Stream.of(filter.step(), filter.cause(), filter.country(), filter.placedFrom(), filter.placedTo())
                .filter(Objects::nonNull)
                .count();
    }
}
