package io.sluice.partner;

import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/** Puts slips on paper. Calls fail with {@link NotDone} and whatever else ends a call. */
interface SlipPrinter {

    /** Has the slip printed: completes when it is out, or safe in a queue that keeps the order of arrival. */
    Uni<StepResult> print(StepCall call, byte[] pdf);

    /** What an earlier call did; null if it did nothing. */
    Uni<StepResult> found(StepCall call);

    /** Completes if the printer answers as it should. Changes nothing there. */
    Uni<?> probe();
}
