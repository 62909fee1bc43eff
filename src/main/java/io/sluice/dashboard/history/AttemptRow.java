package io.sluice.dashboard.history;

import java.time.Instant;
import java.util.Locale;

import io.sluice.dashboard.Format;
import io.sluice.store.AttemptView;

/** An attempt, as shown in the history. */
record AttemptRow(AttemptView attempt) implements HistoryRow {

    @Override
    public Instant at() {
        return attempt.finishedAt();
    }

    public String step() {
        return Format.sentence(attempt.step());
    }

    public String outcome() {
        return switch (attempt.outcome()) {
            case SUCCEEDED -> "Succeeded";
            case FAILED -> "Failed";
            case DELAYED -> "Held";
            case UNKNOWN -> "No answer";
        };
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return attempt.outcome().name().toLowerCase(Locale.ROOT);
    }

    public String started() {
        return Format.seconds(attempt.startedAt());
    }

    public Instant startedAt() {
        return attempt.startedAt();
    }

    public String took() {
        return Format.duration(attempt.durationMs());
    }

    /** The reason for a failure, or a note on a success; null if there is none. */
    public String reason() {
        if (attempt.reason() == null) {
            return null;
        }
        String detail = attempt.reason().detail() == null ? attempt.reason().code() : attempt.reason().detail();
        return attempt.reason().httpStatus() == null
                ? detail
                : detail + " (HTTP " + attempt.reason().httpStatus() + ")";
    }
}
