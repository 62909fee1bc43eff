package io.sluice.store;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/** A task that runs again and again, one run at a time, on one executor: that of a Vert.x context. */
public final class RepeatedTask {
    private final SupervisedTask task;
    private final Executor context;
    private final Supplier<Uni<?>> work;
    private boolean running;
    private boolean again;
    private volatile boolean stopped;

    /** @param work begins one run */
    public RepeatedTask(SupervisedTask task, Executor context, Supplier<Uni<?>> work) {
        this.task = task;
        this.context = context;
        this.work = work;
    }

    /** Runs the task unless it is running: for a timer. */
    public void tick() {
        context.execute(this::begin);
    }

    /** Runs the task now or, if it is running, once more after that: the running one may have missed the cause. */
    public void now() {
        context.execute(() -> {
            again = running;
            begin();
        });
    }

    /** Begins no further run. */
    public void stop() {
        stopped = true;
    }

    public boolean stopped() {
        return stopped;
    }

    private void begin() {
        if (!running && !stopped) {
            running = true;
            task.attempt(Uni.createFrom().deferred(work::get)).subscribe().with(done -> context.execute(this::ended));
        }
    }

    private void ended() {
        running = false;
        if (again) {
            again = false;
            begin();
        }
    }
}
