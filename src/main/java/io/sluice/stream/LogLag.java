package io.sluice.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.store.LastMeasurement;

/**
 * Measures how far live views are behind. Once a second it marks the newest event; the lag grows until the tail has
 * passed the mark. Any long writing transaction on the database server delays the tail.
 */
@ApplicationScoped
class LogLag {
    private static final Logger LOG = Logger.getLogger(LogLag.class);

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

    void register(@Observes StartupEvent event, MeterRegistry registry, PeriodicTasks tasks) {
        if (tailing) {
            tasks.every(Pace.MEASURING, LOG, "The lag of the event log cannot be measured",
                    () -> log.newest().invoke(this::look));
            Gauge.builder("sluice.event.log.lag", () -> last.get(this::lagSeconds))
                    .baseUnit("seconds")
                    .description("How far live views are behind the newest committed event")
                    .register(registry);
        }
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
