package io.sluice.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.RepeatedTask;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs tasks again and again until the process begins to stop. */
@ApplicationScoped
public class PeriodicTasks {
    private final Vertx vertx;
    private final List<RepeatedTask> tasks = new CopyOnWriteArrayList<>();

    PeriodicTasks(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Runs a task periodically, one run at a time.
     *
     * @param complaint what a failure means, as a sentence without its full stop
     */
    public RepeatedTask every(long millis, Logger log, String complaint, Supplier<Uni<?>> work) {
        Context context = vertx.getOrCreateContext();
        return every(millis, action -> context.runOnContext(ignored -> action.run()), log, complaint, work);
    }

    /** The same, on a context of the caller's. */
    public RepeatedTask every(long millis, Executor context, Logger log, String complaint, Supplier<Uni<?>> work) {
        RepeatedTask task = new RepeatedTask(new SupervisedTask(log, complaint), context, work);
        tasks.add(task);
        vertx.setPeriodic(millis, timer -> {
            task.tick();
            if (task.stopped()) {
                vertx.cancelTimer(timer);
                tasks.remove(task);
            }
        });
        return task;
    }

    /** Comes before the observers that wait for work to end: what they see is the last of it. */
    void leave(@Observes @Priority(1) ShutdownStarted event) {
        tasks.forEach(RepeatedTask::stop);
    }

    void stop(@Observes ShutdownEvent event) {
        tasks.forEach(RepeatedTask::stop);
    }
}
