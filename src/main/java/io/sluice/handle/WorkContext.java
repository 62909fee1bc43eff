package io.sluice.handle;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.RepeatedTask;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The one Vert.x context on which this worker's state lives, so that it needs no locks, and the loops that run there until
 * the process stops.
 */
@ApplicationScoped
class WorkContext implements Executor {
    private final Vertx vertx;
    private final Context context;
    private final List<RepeatedTask> loops = new CopyOnWriteArrayList<>();
    private volatile boolean working;

    WorkContext(Vertx vertx, Role role) {
        this.vertx = vertx;
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
     * Does {@code work} every {@code millis}, one run at a time, as long as this process works.
     *
     * @param complaint what a failure means, as a sentence without its full stop
     */
    RepeatedTask repeat(long millis, Logger log, String complaint, Supplier<Uni<?>> work) {
        RepeatedTask loop = new RepeatedTask(new SupervisedTask(log, complaint), this, work);
        if (working) {
            loops.add(loop);
            vertx.setPeriodic(millis, timer -> {
                loop.tick();
                if (loop.stopped()) {
                    vertx.cancelTimer(timer);
                    loops.remove(loop);
                }
            });
        } else {
            loop.stop();
        }
        return loop;
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
        loops.forEach(RepeatedTask::stop);
    }
}
