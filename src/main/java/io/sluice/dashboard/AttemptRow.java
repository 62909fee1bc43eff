package io.sluice.dashboard;

import java.time.Instant;
import java.util.Locale;

import io.sluice.store.AttemptView;

/** One attempt at a step as the history shows it. */
record AttemptRow(AttemptView attempt) {

    public String step() {
        return Words.sentence(attempt.step());
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
        return Words.seconds(attempt.startedAt());
    }

    public Instant startedAt() {
        return attempt.startedAt();
    }

    public String took() {
        return Words.duration(attempt.durationMs());
    }

    /** Why it did not succeed, or how it did, where that is worth a note; else null. */
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
