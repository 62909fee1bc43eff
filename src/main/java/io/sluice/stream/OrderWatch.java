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

import io.quarkus.runtime.StartupEvent;
import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;

/**
 * Lets a call wait for what becomes of an order, whichever process handles it. A watch is opened before the order is
 * written or read, so that no event can fall in between. The number of watches is bounded.
 */
@ApplicationScoped
public class OrderWatch {
    private final EventTail tail;
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<UUID, List<Watch>> watches = new ConcurrentHashMap<>();
    private volatile boolean leaving;

    OrderWatch(EventTail tail, @ConfigProperty(name = "sluice.wait.max-waiting", defaultValue = "1000") int limit) {
        this.tail = tail;
        this.limit = limit;
    }

    /** Calls that wait are told what is known by now. */
    void leave(@Observes ShutdownStarted event) {
        leaving = true;
        watches.values().forEach(all -> all.forEach(Watch::giveUp));
    }

    void start(@Observes StartupEvent event) {
        tail.add(events -> events.forEach(this::tell));
    }

    /** A watch for the first event of the order that {@code wanted} takes; empty if too many are waiting already. */
    public Optional<Watch> open(UUID orderId, Predicate<LogEvent> wanted) {
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
        if (leaving) {
            watch.giveUp();
        }
        return Optional.of(watch);
    }

    private void tell(LogEvent event) {
        if (watches.isEmpty() || event.orderId() == null) {
            return;
        }
        watches.getOrDefault(event.orderId(), List.of()).forEach(watch -> watch.tell(event));
    }

    /** One call that waits. Must be closed. */
    public final class Watch implements AutoCloseable {
        private final UUID orderId;
        private final Predicate<LogEvent> wanted;
        private final CompletableFuture<Boolean> seen = new CompletableFuture<>();
        private boolean closed;

        private Watch(UUID orderId, Predicate<LogEvent> wanted) {
            this.orderId = orderId;
            this.wanted = wanted;
        }

        /** True once the event came, false if it has not within {@code patience} or before the process stops. Closes the watch. */
        public Uni<Boolean> await(Duration patience) {
            return Uni.createFrom()
                    .completionStage(seen)
                    .ifNoItem()
                    .after(patience)
                    .recoverWithItem(false)
                    .onTermination()
                    .invoke(this::close);
        }

        private void tell(LogEvent event) {
            if (wanted.test(event)) {
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
