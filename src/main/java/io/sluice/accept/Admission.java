package io.sluice.accept;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
import io.sluice.http.ProblemException;
import io.sluice.order.OrderStatus;
import io.sluice.stream.LoadForecast;

/** Admits an order, or says when to send it again: while the backlog is at its limit, if it has one. */
@Startup
@ApplicationScoped
class Admission {
    private final LoadForecast load;
    /** Null if there is no limit. */
    private final BacklogGate gate;

    Admission(AcceptConfig config, LoadForecast load) {
        this.load = load;
        long limit = config.maxBacklog().orElse(1);
        if (limit < 1) {
            throw new IllegalArgumentException("SLUICE_ACCEPT_MAX_BACKLOG: must be at least 1");
        }
        this.gate = config.maxBacklog().isPresent() ? new BacklogGate(config.maxBacklog().getAsLong()) : null;
    }

    /**
     * Throws 503 if the order cannot be taken now. An order that waits for a person adds nothing to the backlog.
     *
     * @param status the order's first
     */
    void check(OrderStatus status) {
        if (gate == null || status != OrderStatus.QUEUED) {
            return;
        }
        long backlog = load.backlogNow();
        Duration wait = gate.waitAt(backlog, load.handledPerSecond());
        if (!wait.isZero()) {
            throw ProblemException.overloaded(backlog + " orders wait to be handled, and " + gate.limit()
                    + " may. Nothing was stored; send the order again later.", wait);
        }
    }
}
