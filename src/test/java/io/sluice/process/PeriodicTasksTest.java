package io.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

class PeriodicTasksTest {
    private static final Logger LOG = Logger.getLogger(PeriodicTasksTest.class);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Vertx vertx = Vertx.vertx();
    private final Activity activity = new Activity(Duration.ofMillis(100));
    private final PeriodicTasks tasks = new PeriodicTasks(vertx, activity);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private AtomicInteger every(Pace pace) {
        AtomicInteger runs = new AtomicInteger();
        tasks.every(pace, LOG, "It cannot be counted", () -> {
            runs.incrementAndGet();
            return Uni.createFrom().voidItem();
        });
        return runs;
    }

    @Test
    void idleProcess_runsTasksAtTheirSlowPace_andAllOfThemOnceThereIsWork() {
        AtomicInteger clock = every(Pace.steady(10));
        AtomicInteger rare = every(new Pace(10, HOUR));
        await().until(() -> {
            activity.seen();
            return rare.get() >= 5;
        });

        await().until(activity::idle);
        int idleSince = clock.get();
        await().until(() -> clock.get() >= idleSince + 5); // What was under way when it became idle has ended.
        int before = rare.get();
        int later = clock.get() + 20;
        await().until(() -> clock.get() >= later);
        assertThat(rare).as("runs while idle").hasValue(before);

        activity.seen();
        await().until(() -> rare.get() > before);
    }

    @Test
    void task_runsFromTimeToTime_whileIdle() {
        await().until(activity::idle);
        AtomicInteger runs = every(new Pace(10, 50));
        await().until(() -> runs.get() >= 3);
    }
}
