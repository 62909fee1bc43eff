package io.sluice.queue;

import io.smallrye.mutiny.Uni;

/** Who takes orders that come as messages. */
public interface OrderEventListener {

    /** What has become of a message; it decides what the broker is told. */
    enum Outcome {
        /** The order is stored. */
        ACCEPTED,
        /** The order was stored before. */
        KNOWN,
        /** The order cannot be stored, now or later. */
        REJECTED,
        /** The order could not be stored now. */
        POSTPONED
    }

    /**
     * Stores the order of an event, and emits the outcome after the commit. Fails with a
     * {@link io.sluice.http.ProblemException} if the order is to be rejected; any other failure is a defect.
     */
    Uni<Outcome> take(CloudEvent event);
}
