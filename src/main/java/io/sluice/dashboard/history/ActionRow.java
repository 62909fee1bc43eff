package io.sluice.dashboard.history;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

import io.sluice.dashboard.Format;
import io.sluice.store.ActionView;

/** What a person did to the order, as shown in the history. */
record ActionRow(ActionView action) implements HistoryRow {

    @Override
    public Instant at() {
        return action.at();
    }

    public String when() {
        return Format.seconds(action.at());
    }

    public String what() {
        return switch (action.action()) {
            case CORRECT ->
                "Corrected: " + action.fields().stream().map(ActionRow::words).collect(Collectors.joining(", "));
            case RETRY -> "Retried";
            case CANCEL -> "Cancellation requested";
            case ERASE -> "Personal data erased";
        };
    }

    /** {@code shipTo.postalCode} as {@code ship to postal code}. */
    private static String words(String field) {
        return field.replace('.', ' ').replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
