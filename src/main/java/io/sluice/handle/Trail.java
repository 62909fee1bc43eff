package io.sluice.handle;

import io.sluice.tracing.StepSpan;

/**
 * What connects the spans of an order, see {@link StepSpan}.
 *
 * @param requestId {@code X-Request-Id} of the request that the order came with, or null
 * @param again     whether the next attempt is not the first at its step
 */
record Trail(String requestId, String order, String retryOf, String batch, boolean again) {

    Trail atNextStep() {
        return new Trail(requestId, order, null, batch, false);
    }
}
