package io.sluice.partner;

import io.sluice.order.StepResult;

/**
 * What a call came to.
 *
 * @param result  what decides about the order
 * @param verdict what it says about the partner
 */
public record Judged(StepResult result, Verdict verdict) {

    /** The partner was not called. */
    static Judged notCalled(StepResult result) {
        return new Judged(result, Verdict.NOTHING);
    }
}
