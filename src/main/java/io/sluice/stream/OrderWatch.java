package io.sluice.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.OrderStatus;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Lets a call wait for a change of an order, whichever process handles it. Open the watch before you write or read the
 * order, so that no change is missed. The number of watches is limited. A client that leaves waits no more.
 *
 * <p>Changes come from the log of events. That may be behind, so the table is looked at, too.
 */
@ApplicationScoped
public class OrderWatch {
    private static final Logger LOG = Logger.getLogger(OrderWatch.class);
    private static final Pace LOOK = Pace.steady(1000);

    private final EventTail tail;
    private final Pool pool;
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<UUID, List<Watch>> watches = new ConcurrentHashMap<>();
    private volatile boolean shuttingDown;

    OrderWatch(EventTail tail, Pool pool,
            @ConfigProperty(name = "sluice.wait.max-waiting", defaultValue = "1000") int limit) {
        this.tail = tail;
        this.pool = pool;
        this.limit = limit;
    }

    /** Ends all waits: the calls answer with the current state. */
    void shutDown(@Observes ShutdownStarted event) {
        shuttingDown = true;
        watches.values().forEach(all -> all.forEach(Watch::giveUp));
    }

    void start(@Observes StartupEvent event, MeterRegistry registry, PeriodicTasks tasks) {
        tail.add(events -> events.forEach(this::tell), () -> !watches.isEmpty());
        tasks.every(LOOK, LOG, "The orders that calls wait for cannot be read", this::look);
        Gauge.builder("sluice.waiting.calls", open::get)
                .description("Calls with Prefer: wait that this process holds")
                .register(registry);
    }

    /**
     * A watch for the first state of the order that {@code wanted} accepts; empty if too many calls are waiting.
     *
     * @param request the call that waits
     */
    public Optional<Watch> open(RoutingContext request, UUID orderId, Predicate<State> wanted) {
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            return Optional.empty();
        }
        Watch watch = new Watch(orderId, wanted);
        watches.compute(orderId, (id, others) -> {
            List<Watch> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(watch);
            return all;
        });
        tail.hurry();
        if (shuttingDown || request.response().closed()) {
            watch.giveUp();
        } else {
            request.addEndHandler(left -> watch.giveUp());
        }
        return Optional.of(watch);
    }

    private void tell(LogEvent event) {
        if (!watches.isEmpty() && event.orderId() != null) {
            tell(event.orderId(), new State(event.version(), event.status()));
        }
    }

    private void tell(UUID orderId, State state) {
        watches.getOrDefault(orderId, List.of()).forEach(watch -> watch.tell(state));
    }

    private Uni<?> look() {
        UUID[] watched = watches.keySet().toArray(UUID[]::new);
        return watched.length == 0
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery("""
                        /* watched orders */
                        select order_id, version, status from order_state where order_id = any($1)
                        """)
                        .execute(Tuple.tuple().addArrayOfUUID(watched))
                        .invoke(rows -> rows.forEach(row -> tell(row.getUUID(0),
                                new State(row.getInteger(1), OrderStatus.valueOf(row.getString(2))))));
    }

    /** What an order has come to. */
    public record State(int version, OrderStatus status) {}

    /** One call that waits. Must be closed. */
    public final class Watch implements AutoCloseable {
        private final UUID orderId;
        private final Predicate<State> wanted;
        private final CompletableFuture<Boolean> seen = new CompletableFuture<>();
        private boolean closed;

        private Watch(UUID orderId, Predicate<State> wanted) {
            this.orderId = orderId;
            this.wanted = wanted;
        }

        /** True once the order has come to it; false after {@code patience} or at shutdown. Closes the watch. */
        public Uni<Boolean> await(Duration patience) {
            Uni<Boolean> inTime = patience.isZero()
                    ? Uni.createFrom().item(() -> seen.getNow(false))
                    : Uni.createFrom().completionStage(seen).ifNoItem().after(patience).recoverWithItem(false);
            return inTime.onTermination()
                    .invoke(this::close);
        }

        private void tell(State state) {
            if (wanted.test(state)) {
                seen.complete(true);
            }
        }

        private void giveUp() {
            seen.complete(false);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                watches.computeIfPresent(orderId, (id, all) -> {
                    all.remove(this);
                    return all.isEmpty() ? null : all;
                });
            }
        }
    }
}
