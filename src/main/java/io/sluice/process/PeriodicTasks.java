package io.sluice.process;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Runs tasks again and again until the process begins to stop. A task never runs twice at once. */
@ApplicationScoped
public class PeriodicTasks {
    private final Vertx vertx;
    private volatile boolean stopped;

    PeriodicTasks(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Runs a task every so many milliseconds. A run that takes longer delays the next one.
     *
     * @param complaint what a failure means, as a sentence without its full stop
     */
    public <T> void every(long millis, Logger log, String complaint, Supplier<Uni<? extends T>> task) {
        SupervisedTask supervised = new SupervisedTask(log, complaint);
        AtomicBoolean underway = new AtomicBoolean();
        vertx.setPeriodic(millis, ignored -> {
            if (!stopped && underway.compareAndSet(false, true)) {
                supervised.attempt(Uni.createFrom().deferred(task)).subscribe().with(done -> underway.set(false));
            }
        });
    }

    void leave(@Observes ShutdownStarted event) {
        stopped = true;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }
}
