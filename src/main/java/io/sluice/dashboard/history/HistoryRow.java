package io.sluice.dashboard.history;

import java.time.Instant;

/** A row of the history: an attempt at a step, or what a person did. */
sealed interface HistoryRow permits AttemptRow, ActionRow {

    /** When it ended; the rows stand in this order. */
    Instant at();

    /** This row if it is an attempt, otherwise null. */
    default AttemptRow asAttempt() {
        return this instanceof AttemptRow attempt ? attempt : null;
    }

    /** This row if it is an action, otherwise null. */
    default ActionRow asAction() {
        return this instanceof ActionRow action ? action : null;
    }
}
