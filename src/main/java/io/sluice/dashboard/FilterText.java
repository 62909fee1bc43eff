package io.sluice.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.sluice.address.Countries;
import io.sluice.store.OrderFilter;

/** Describes a filter of the order table. */
public final class FilterText {
    private FilterText() {}

    /**
     * The filter as text, for example {@code Received or Failed, channel webshop, containing “Ada”}; null if there is
     * none.
     */
    public static String of(OrderFilter filter) {
        List<String> words = new ArrayList<>();
        if (!filter.statuses().isEmpty()) {
            words.add(filter.statuses()
                    .stream()
                    .map(status -> new StatusBadge(status).label())
                    .collect(Collectors.joining(" or ")));
        }
        if (filter.channel() != null) {
            words.add("channel " + filter.channel());
        }
        if (filter.text() != null) {
            words.add("containing “" + filter.text() + "”");
        }
        if (filter.step() != null) {
            words.add("at the step " + Format.sentence(filter.step().wireName()));
        }
        if (filter.cause() != null) {
            words.add("because of " + filter.cause());
        }
        if (filter.country() != null) {
            words.add("to " + Countries.name(filter.country()));
        }
        if (filter.placedFrom() != null) {
            words.add("placed from " + filter.placedFrom());
        }
        if (filter.placedTo() != null) {
            words.add("placed before " + filter.placedTo());
        }
        return words.isEmpty() ? null : String.join(", ", words);
    }
}
