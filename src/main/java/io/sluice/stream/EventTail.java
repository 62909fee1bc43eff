package io.sluice.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Activity;
import io.sluice.process.Pace;
import io.sluice.process.Role;
import io.sluice.store.DatabaseFailures;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Follows the event log once for the whole process. It calls its listeners on one Vert.x context, one batch of events
 * after the other, so that they need no locks against it.
 */
@ApplicationScoped
public class EventTail {
    private static final Logger LOG = Logger.getLogger(EventTail.class);
    private static final int PAGE = 1000;
    /** After a read that gave nothing, if a client waits for events. A read costs a fraction of a millisecond. */
    private static final Pace AWAITED = new Pace(50, 100);
    /** The same if none does. */
    private static final Pace NOT_AWAITED = new Pace(250, 3000);
    private static final long AFTER_FAILURE_MS = 500;
    /** A database that stops answering must not stop the tail for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLog log;
    private final Vertx vertx;
    private final Context context;
    private final List<Consumer<List<LogEvent>>> listeners = new CopyOnWriteArrayList<>();
    private final List<BooleanSupplier> audiences = new CopyOnWriteArrayList<>();
    private final Activity activity;
    private long rest = -1;
    private volatile Position position;
    private volatile boolean stopped;
    private boolean failing;

    EventTail(EventLog log, Vertx vertx, Activity activity) {
        this.activity = activity;
        this.log = log;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    void start(@Observes StartupEvent event, Role role) {
        if (!role.serves()) {
            return;
        }
        position = log.end().await().indefinitely();
        context.runOnContext(ignored -> look());
        activity.onWake(this::hurry);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** The position up to which all events have been passed to the listeners. */
    public Position position() {
        return position;
    }

    /** Calls the listener with every batch of new events, on the tail's context, until it is removed. */
    public void add(Consumer<List<LogEvent>> listener) {
        listeners.add(listener);
    }

    /**
     * The same.
     *
     * @param waiting whether a client waits for what the listener hears: if not, it may be late by some seconds
     */
    public void add(Consumer<List<LogEvent>> listener, BooleanSupplier waiting) {
        audiences.add(waiting);
        add(listener);
    }

    /** Ends the pause between two reads: a client has come. */
    public void hurry() {
        between(() -> {
            if (vertx.cancelTimer(rest)) {
                look();
            }
        });
    }

    public void remove(Consumer<List<LogEvent>> listener) {
        listeners.remove(listener);
    }

    /**
     * The batches of new events from now on. A subscriber that falls behind fails.
     *
     * @param waiting as above
     */
    public Multi<List<LogEvent>> batches(BooleanSupplier waiting) {
        audiences.add(waiting);
        return Multi.createFrom().emitter(emitter -> {
            Consumer<List<LogEvent>> listener = emitter::emit;
            emitter.onTermination(() -> remove(listener));
            add(listener);
        }, io.smallrye.mutiny.subscription.BackPressureStrategy.ERROR);
    }

    /** Runs {@code action} between two batches. */
    void between(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    private void look() {
        log.after(position, PAGE)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribe()
                .with(events -> context.runOnContext(ignored -> handOn(events)),
                        failure -> context.runOnContext(ignored -> failed(failure)));
    }

    private void handOn(List<LogEvent> events) {
        if (failing) {
            failing = false;
            LOG.debug("The event log can be read again");
        }
        if (!events.isEmpty()) {
            position = events.get(events.size() - 1).position();
            activity.seen();
            listeners.forEach(listener -> hand(events, listener));
        }
        Pace pace = audiences.stream().anyMatch(BooleanSupplier::getAsBoolean) ? AWAITED : NOT_AWAITED;
        lookAgain(events.size() == PAGE ? 0 : activity.idle() ? pace.idleMs() : pace.busyMs());
    }

    private static void hand(List<LogEvent> events, Consumer<List<LogEvent>> listener) {
        try {
            listener.accept(events);
        } catch (RuntimeException broken) {
            LOG.error("A listener of the event log failed; the others continue", broken);
        }
    }

    private void failed(Throwable failure) {
        if (!failing && !stopped) {
            failing = true;
            DatabaseFailures.log(LOG, failure,
                    "The event log cannot be read (%s). Live views show no changes until it can be read again.",
                    failure);
        }
        lookAgain(AFTER_FAILURE_MS);
    }

    private void lookAgain(long delayMs) {
        if (stopped) {
            return;
        }
        if (delayMs == 0) {
            look();
        } else {
            rest = vertx.setTimer(delayMs, ignored -> context.runOnContext(again -> look()));
        }
    }
}
