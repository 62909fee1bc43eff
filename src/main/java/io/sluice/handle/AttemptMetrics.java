package io.sluice.handle;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.Outcome;
import io.sluice.order.Step;
import io.sluice.process.Role;

/** Counts and times the attempts that this worker has recorded, and the orders that ended with them. */
@Singleton
class AttemptMetrics {
    /** The buckets of a histogram. Partners answer within the default time-out of ten seconds, or not at all. */
    private static final Duration[] BUCKETS = {Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
            Duration.ofSeconds(10)};

    private final MeterRegistry registry;
    private final Role role;
    private Counter handled;
    private Counter failed;

    AttemptMetrics(MeterRegistry registry, Role role) {
        this.registry = registry;
        this.role = role;
    }

    /** Registers all of them at 0: a rate needs a first value. */
    void register(@Observes StartupEvent event) {
        if (!role.works()) {
            return;
        }
        handled = Counter.builder("sluice.orders.handled")
                .description("Orders that this worker has brought to HANDLED")
                .register(registry);
        failed = Counter.builder("sluice.orders.failed")
                .description("Orders that this worker has brought to FAILED; again after each retry")
                .register(registry);
        for (Step step : Step.values()) {
            for (Outcome outcome : Outcome.values()) {
                timer(step, outcome);
            }
        }
    }

    void count(Written written) {
        boolean recorded = written.kind() == Written.Kind.WRITTEN || written.kind() == Written.Kind.IN_LANE;
        if (!recorded) {
            return;
        }
        Attempt attempt = written.attempt();
        if (attempt.decision().outcome() != null) {
            timer(attempt.claim().step(), attempt.decision().outcome())
                    .record(Duration.between(attempt.called().startedAt(), attempt.finishedAt()));
        }
        switch (attempt.decision().status()) {
            case HANDLED -> handled.increment();
            case FAILED -> failed.increment();
            default -> {
            }
        }
    }

    private Timer timer(Step step, Outcome outcome) {
        return Timer.builder("sluice.attempt.duration")
                .tag("step", step.wireName())
                .tag("outcome", outcome.name())
                .description("Attempts that this worker has recorded, from the call to the answer")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
