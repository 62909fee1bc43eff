package io.sluice.store;

import java.time.Duration;
import java.time.Instant;

import io.sluice.order.Outcome;

/** One line of an order's handling history. {@code attempt} counts from 1 within its step. */
public record AttemptView(String step, int attempt, Outcome outcome, Instant startedAt, Instant finishedAt,
        long durationMs, ReasonView reason, String actor) {

    AttemptView masked() {
        return new AttemptView(step, attempt, outcome, startedAt, finishedAt, durationMs, ReasonView.masked(reason),
                actor);
    }

    static AttemptView of(EventEntity event) {
        return new AttemptView(event.step, event.attempt, event.outcome, event.startedAt, event.at,
                Duration.between(event.startedAt, event.at).toMillis(),
                ReasonView.of(event.reasonCode, event.reasonDetail, event.httpStatus), event.actor);
    }
}
