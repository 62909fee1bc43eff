package io.sluice.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.sluice.process.Role;
import io.sluice.store.LastMeasurement;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Uni;

/**
 * Measures how far live views are behind. Once a second it marks the newest event; the lag grows until the tail has
 * passed the mark. Any long writing transaction on the database server delays the tail.
 */
@ApplicationScoped
class LogLag {

    private final SupervisedTask measuring = new SupervisedTask(Logger.getLogger(LogLag.class),
            "The lag of the event log cannot be measured");
    private final EventTail tail;
    private final EventLog log;
    private final boolean tailing;
    private final LastMeasurement<Mark> last = new LastMeasurement<>();
    private Mark mark = new Mark(new Position(0, 0), 0);

    LogLag(EventTail tail, EventLog log, Role role) {
        this.tail = tail;
        this.log = log;
        this.tailing = role.serves();
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        if (tailing) {
            Gauge.builder("sluice.event.log.lag", () -> last.get(this::lagSeconds))
                    .baseUnit("seconds")
                    .description("How far live views are behind the newest committed event")
                    .register(registry);
        }
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return !tailing
                ? Uni.createFrom().voidItem()
                : measuring.attempt(log.newest().invoke(this::look));
    }

    private synchronized void look(Position newest) {
        if (tail.position() == null) {
            return; // The tail has not started.
        }
        if (passed(mark)) {
            mark = new Mark(newest, System.nanoTime());
        }
        last.take(mark);
    }

    private double lagSeconds(Mark mark) {
        return passed(mark) ? 0 : (System.nanoTime() - mark.at()) / 1e9;
    }

    private boolean passed(Mark mark) {
        return !mark.position().isAfter(tail.position());
    }

    private record Mark(Position position, long at) {}
}
