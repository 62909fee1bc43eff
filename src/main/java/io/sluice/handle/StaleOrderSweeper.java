package io.sluice.handle;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.smallrye.mutiny.Uni;

/** Finds orders that no message will bring: their worker died, their wait is over, or their message was lost. */
@ApplicationScoped
class StaleOrderSweeper {
    private static final Logger LOG = Logger.getLogger(StaleOrderSweeper.class);
    private static final Pace OVERDUE = new Pace(1000, 2000);
    private static final Pace NO_MESSAGE = new Pace(1000, 4000);
    private static final int LIMIT = 200;
    /** An idle worker looks for orders whose message is a few seconds late. */
    private static final Duration NO_MESSAGE_WHILE_IDLE = Duration.ofSeconds(5);
    /** A busy worker looks only for orders that have waited for long, a few at a time. */
    private static final Duration NO_MESSAGE_WHILE_BUSY = Duration.ofSeconds(60);
    private static final int A_FEW = 20;

    private final ClaimTable claims;
    private final Worker worker;

    StaleOrderSweeper(ClaimTable claims, Worker worker) {
        this.claims = claims;
        this.worker = worker;
    }

    void start(@Observes StartupEvent event, WorkContext context) {
        context.repeat(OVERDUE, LOG, "Overdue orders cannot be looked for",
                () -> claims.overdue(LIMIT).invoke(worker::due));
        context.repeat(NO_MESSAGE, LOG, "Orders without a message cannot be looked for", this::findUnannounced);
    }

    private Uni<?> findUnannounced() {
        return worker.idle()
                .chain(idle -> idle > 0
                        ? claims.inTurn(idle, NO_MESSAGE_WHILE_IDLE)
                        : claims.inTurn(A_FEW, NO_MESSAGE_WHILE_BUSY))
                .invoke(worker::due);
    }
}
