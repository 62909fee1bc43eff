package io.sluice.handle;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.RepeatedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The one Vert.x context on which this worker's state lives, so that it needs no locks, and the loops that run there
 * until the process stops.
 */
@ApplicationScoped
class WorkContext implements Executor {
    private final Vertx vertx;
    private final Context context;
    private final PeriodicTasks tasks;
    private volatile boolean working;

    WorkContext(Vertx vertx, PeriodicTasks tasks, Role role) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.context = vertx.getOrCreateContext();
        this.working = role.works();
    }

    @Override
    public void execute(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    /** Runs {@code action} on the context after {@code millis}. */
    void after(long millis, Runnable action) {
        vertx.setTimer(Math.max(1, millis), ignored -> execute(action));
    }

    /** Whether this process handles orders and is not about to stop: no step is begun once it is. */
    boolean working() {
        return working;
    }

    /**
     * Does {@code work} every {@code millis}, one run at a time, until this process stops.
     *
     * @param complaint what a failure means, as a sentence without its full stop
     */
    RepeatedTask repeat(long millis, Logger log, String complaint, Supplier<Uni<?>> work) {
        RepeatedTask task = tasks.every(millis, this, log, complaint, work);
        if (!working) {
            task.stop();
        }
        return task;
    }

    /** Comes before the observers that wait for work to end: what they see is the last of it. */
    void leave(@Observes @Priority(1) ShutdownStarted event) {
        stop();
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    private void stop() {
        working = false;
    }
}
