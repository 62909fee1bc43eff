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
import io.smallrye.mutiny.Uni;

/**
 * Measures how far live views are behind. Once a second it marks the newest event; the lag grows until the tail has
 * passed the mark. A long writing transaction in the database delays the tail: then the log names it.
 */
@ApplicationScoped
class LogLag {
    private static final Logger LOG = Logger.getLogger(LogLag.class);
    /** From then on it is worth a warning. */
    private static final double LONG_SECONDS = 5;

    private final EventTail tail;
    private final EventLog log;
    private final LogHolder holder;
    private final boolean tailing;
    private final LastMeasurement<Mark> last = new LastMeasurement<>();
    private volatile Mark mark = new Mark(new Position(0, 0), 0);
    private volatile boolean warned;

    LogLag(EventTail tail, EventLog log, LogHolder holder, Role role) {
        this.tail = tail;
        this.log = log;
        this.holder = holder;
        this.tailing = role.serves();
    }

    void register(@Observes StartupEvent event, MeterRegistry registry, PeriodicTasks tasks) {
        if (tailing) {
            tasks.every(Pace.MEASURING, LOG, "The lag of the event log cannot be measured",
                    () -> tail.position() == null // It has not started.
                            ? Uni.createFrom().voidItem()
                            : log.newest().invoke(this::look).chain(() -> tellOfTransaction()));
            Gauge.builder("sluice.event.log.lag", () -> last.get(this::lagSeconds))
                    .baseUnit("seconds")
                    .description("How far live views are behind the newest committed event")
                    .register(registry);
        }
    }

    private void look(Position newest) {
        if (passed(mark)) {
            mark = new Mark(newest, System.nanoTime());
        }
        last.take(mark);
    }

    private Uni<?> tellOfTransaction() {
        Mark oldest = mark;
        if (passed(oldest)) {
            if (warned) {
                warned = false;
                LOG.info("The event log is read up to its end again");
            }
            return Uni.createFrom().voidItem();
        }
        return warned || lagSeconds(oldest) < LONG_SECONDS
                ? Uni.createFrom().voidItem()
                : holder.find().invoke(this::warnOf);
    }

    private void warnOf(String transaction) {
        if (transaction != null) {
            warned = true;
            LOG.warnf("Events wait for the end of %s. Until then, streams, live views and webhooks show nothing new.",
                    transaction);
        }
    }

    private double lagSeconds(Mark mark) {
        return passed(mark) ? 0 : (System.nanoTime() - mark.at()) / 1e9;
    }

    private boolean passed(Mark mark) {
        return !mark.position().isAfter(tail.position());
    }

    private record Mark(Position position, long at) {}
}
