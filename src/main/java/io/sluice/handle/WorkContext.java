package io.sluice.handle;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.process.Pace;
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
// No client proxy: a step may end when the container of the beans is gone.
@Singleton
class WorkContext implements Executor {
    private final Vertx vertx;
    private final Context context;
    private final PeriodicTasks tasks;
    private volatile boolean working;
    private volatile boolean stopped;

    WorkContext(Vertx vertx, PeriodicTasks tasks, Role role) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.context = vertx.getOrCreateContext();
        this.working = role.works();
    }

    /** Once the process has stopped, nothing more is done: the orders have been given back. */
    @Override
    public void execute(Runnable action) {
        if (!stopped) {
            context.runOnContext(ignored -> action.run());
        }
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
     * Does {@code work} at this pace, one run at a time, until this process stops.
     *
     * @param complaint what a failure means, as a sentence without its full stop
     */
    RepeatedTask repeat(Pace pace, Logger log, String complaint, Supplier<Uni<?>> work) {
        RepeatedTask task = tasks.every(pace, this, log, complaint, work);
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
        stopped = true;
    }

    private void stop() {
        working = false;
    }
}
