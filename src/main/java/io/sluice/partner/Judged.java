package io.sluice.partner;

import java.time.Instant;

import io.sluice.order.StepResult;

/**
 * What a call came to.
 *
 * @param result   what decides about the order; null if the step was not begun
 * @param verdict  what it says about the partner
 * @param failedAt when it failed, if the order may be to blame, by the clock that tells when the partner last worked;
 *                 else null
 */
public record Judged(StepResult result, Verdict verdict, Instant failedAt) {

    /** It says nothing about the partner. */
    public static Judged ofNoCall(StepResult result) {
        return new Judged(result, Verdict.NOTHING, null);
    }
}
