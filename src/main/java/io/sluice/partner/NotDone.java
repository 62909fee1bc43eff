package io.sluice.partner;

import io.sluice.order.StepResult;

/** Ends a call that did not bring what was asked for; part of the conversation, so it carries no stack trace. */
final class NotDone extends RuntimeException {
    private final transient StepResult result;
    private final int status;

    /** @param status the partner's status code, or 0 */
    NotDone(StepResult result, int status) {
        super(result.toString(), null, false, false);
        this.result = result;
        this.status = status;
    }

    StepResult result() {
        return result;
    }

    int status() {
        return status;
    }
}
