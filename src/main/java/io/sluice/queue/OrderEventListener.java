package io.sluice.queue;

import io.smallrye.mutiny.Uni;

/** Who takes orders that come as messages. */
public interface OrderEventListener {

    /**
     * Emits what has become of the event: after the commit, if its order is stored. Throws a
     * {@link io.sluice.http.ProblemException} if it is no valid order.
     */
    Uni<EventResult> take(CloudEvent event);
}
