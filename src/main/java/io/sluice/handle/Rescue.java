package io.sluice.handle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;

/** Finds the orders that no message will bring: their worker died, their wait is over, or their message was lost. */
@ApplicationScoped
class Rescue {
    private static final int LIMIT = 200;

    private final ClaimTable claims;
    private final Worker worker;
    private final boolean working;

    Rescue(ClaimTable claims, Worker worker, @ConfigProperty(name = "sluice.role") String role) {
        this.claims = claims;
        this.worker = worker;
        this.working = !role.equals("api");
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        if (!working) {
            return Uni.createFrom().voidItem();
        }
        return claims.overdue(LIMIT)
                .invoke(worker::due)
                .chain(worker::idle)
                .chain(idle -> idle == 0
                        ? Uni.createFrom().voidItem()
                        : claims.neverPickedUp(idle).invoke(worker::due).replaceWithVoid());
    }

    void stop(@Observes ShutdownEvent event) {
        worker.stop();
    }
}
