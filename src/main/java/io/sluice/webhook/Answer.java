package io.sluice.webhook;

import java.time.Duration;

/**
 * What came of sending a message once.
 *
 * @param status     the HTTP status, or null if there was no answer
 * @param error      why there was none, as a sentence; or null
 * @param retryAfter the wait that the endpoint asks for, or null
 */
record Answer(Integer status, String error, Duration retryAfter) {
    /** The message cannot be made any more: nothing was sent. */
    static final Answer REMOVED = none("The event has been removed by now.");
    private static final int GONE = 410;

    static Answer none(String error) {
        return new Answer(null, error, null);
    }

    boolean delivered() {
        return status != null && status / 100 == 2;
    }

    /** Whether the endpoint works; null if it was not asked. */
    Boolean endpointWorks() {
        return this == REMOVED ? null : delivered();
    }

    /** The endpoint wants no messages any more. */
    boolean gone() {
        return status != null && status == GONE;
    }

    /** Why it was not delivered; null if it was. */
    String problem() {
        if (delivered()) {
            return null;
        }
        if (status == null) {
            return error;
        }
        return status / 100 == 3
                ? "The endpoint answered HTTP " + status + ". Redirects are not followed."
                : "The endpoint answered HTTP " + status + ".";
    }
}
