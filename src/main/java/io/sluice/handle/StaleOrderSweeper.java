package io.sluice.handle;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Uni;

/** Finds orders that no message will bring: their worker died, their wait is over, or their message was lost. */
@ApplicationScoped
class StaleOrderSweeper {
    private static final int LIMIT = 200;
    /** An idle worker looks for orders whose message is a few seconds late. */
    private static final Duration NO_MESSAGE_WHILE_IDLE = Duration.ofSeconds(5);
    /** A busy worker looks only for orders that have waited for long, a few at a time. */
    private static final Duration NO_MESSAGE_WHILE_BUSY = Duration.ofSeconds(60);
    private static final int A_FEW = 20;
    private static final Logger LOG = Logger.getLogger(StaleOrderSweeper.class);

    private final SupervisedTask sweep = new SupervisedTask(LOG, "Stale orders cannot be looked for");

    private final ClaimTable claims;
    private final Worker worker;
    private volatile boolean working;

    StaleOrderSweeper(ClaimTable claims, Worker worker, Role role) {
        this.claims = claims;
        this.worker = worker;
        this.working = role.works();
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        if (!working) {
            return Uni.createFrom().voidItem();
        }
        return sweep.attempt(claims.overdue(LIMIT)
                .invoke(worker::due)
                .chain(worker::idle)
                .chain(idle -> idle > 0
                        ? claims.neverPickedUp(NO_MESSAGE_WHILE_IDLE, idle)
                        : claims.neverPickedUp(NO_MESSAGE_WHILE_BUSY, A_FEW))
                .invoke(worker::due));
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    /** Running steps may end within the grace. Orders that are left then are given back, for other workers to take over. */
    void leave(@Observes ShutdownStarted event) {
        stop();
        event.awaits(Uni.combine().any().of(worker.drained(), event.graceOver()).chain(worker::giveBack));
    }

    private void stop() {
        working = false;
        worker.stop();
    }
}
