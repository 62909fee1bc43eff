package io.sluice.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    private final Activity activity;
    private final List<RepeatedTask> tasks = new CopyOnWriteArrayList<>();

    PeriodicTasks(Vertx vertx, Activity activity) {
        this.vertx = vertx;
        this.activity = activity;
        activity.onWake(() -> tasks.forEach(RepeatedTask::tick));
    }

    /**
     * Runs a task periodically, one run at a time.
     *
     * @param complaint what a failure means, as a sentence without its full stop
     */
    public RepeatedTask every(Pace pace, Logger log, String complaint, Supplier<Uni<?>> work) {
        Context context = vertx.getOrCreateContext();
        return every(pace, action -> context.runOnContext(ignored -> action.run()), log, complaint, work);
    }

    /** The same, on a context of the caller's. */
    public RepeatedTask every(Pace pace, Executor context, Logger log, String complaint, Supplier<Uni<?>> work) {
        RepeatedTask task = new RepeatedTask(new SupervisedTask(log, complaint), context, work);
        tasks.add(task);
        AtomicLong last = new AtomicLong(System.nanoTime());
        vertx.setPeriodic(pace.busyMs(), timer -> {
            long now = System.nanoTime();
            if (task.stopped()) {
                vertx.cancelTimer(timer);
                tasks.remove(task);
            } else if (!activity.idle() || now - last.get() >= TimeUnit.MILLISECONDS.toNanos(pace.idleMs())) {
                last.set(now);
                task.tick();
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
