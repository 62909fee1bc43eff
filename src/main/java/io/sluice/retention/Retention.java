package io.sluice.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.smallrye.mutiny.Uni;

/**
 * Removes old orders, keys, deliveries and entries of the audit in small steps. After each step it rests four times as long as the step took, so that it
 * takes a fifth of one connection at most. Only workers do this, one at a time.
 */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final Duration MIN_KEYS = Duration.ofHours(24);
    private static final Duration MIN_AUDIT = Duration.ofDays(30);
    private static final Duration RUN = Duration.ofSeconds(20);
    private static final int REST = 4;

    private final RetentionConfig config;
    private final RetentionTable table;
    private final OrderArchive archive;

    Retention(RetentionConfig config, RetentionTable table, OrderArchive archive) {
        this.config = config;
        this.table = table;
        this.archive = archive;
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        if (config.idempotencyKeys().compareTo(MIN_KEYS) < 0) {
            throw new IllegalArgumentException("SLUICE_RETENTION_IDEMPOTENCY_KEYS: must be at least 24h");
        }
        if (config.webhookDeliveries().isNegative() || config.webhookDeliveries().isZero()) {
            throw new IllegalArgumentException("SLUICE_RETENTION_WEBHOOK_DELIVERIES: must be more than 0s");
        }
        if (config.orders().filter(kept -> kept.isNegative() || kept.isZero()).isPresent()) {
            throw new IllegalArgumentException("SLUICE_RETENTION_ORDERS: must be more than 0s");
        }
        if (config.audit().filter(kept -> kept.compareTo(MIN_AUDIT) < 0).isPresent()) {
            throw new IllegalArgumentException("SLUICE_RETENTION_AUDIT: must be at least 30 days (720h)");
        }
        if (config.archive().isPresent() && config.orders().isEmpty()) {
            throw new IllegalArgumentException(
                    "SLUICE_RETENTION_ARCHIVE: set SLUICE_RETENTION_ORDERS, too; without it no order is removed");
        }
    }

    void start(@Observes StartupEvent event, Role role, PeriodicTasks tasks) {
        if (role.works()) {
            tasks.every(Pace.steady(60_000), LOG, "Old orders cannot be removed", () -> run(Instant.now()));
        }
    }

    Uni<Void> run(Instant now) {
        Run run = new Run(RUN);
        Uni<Void> always = run.repeat(() -> table.removeKeys(now.minus(config.idempotencyKeys())))
                .chain(() -> run.repeat(() -> table.removeDeliveries(now.minus(config.webhookDeliveries()))))
                .chain(() -> config.audit()
                        .map(kept -> run.repeat(() -> table.removeAudit(now.minus(kept))))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
        return config.orders().map(kept -> always.chain(() -> run.removeOrders(now.minus(kept)))).orElse(always);
    }

    /** Removes all orders that ended before {@code limit}, then the batches and events without orders. */
    Uni<Void> removeOrders(Instant limit) {
        return new Run(Duration.ofDays(1)).removeOrders(limit);
    }

    /** Ends in good time before the task is cancelled; the next run goes on with what is left. */
    private final class Run {
        private final long end;
        private int removed;

        Run(Duration duration) {
            this.end = System.nanoTime() + duration.toNanos();
        }

        Uni<Void> removeOrders(Instant limit) {
            return removeOrders(limit, new UUID(0, 0))
                    .invoke(() -> {
                        if (removed > 0) {
                            LOG.infof("%d orders that ended before %s were removed", removed, limit);
                        }
                    })
                    .chain(() -> repeat(() -> table.removeBatches(limit)))
                    .chain(() -> removeEvents(limit, new RetentionTable.LogPosition(0, 0)));
        }

        private Uni<Void> removeOrders(Instant limit, UUID after) {
            return step(table.oldOrders(limit, after).chain(this::remove), last -> removeOrders(limit, last));
        }

        private Uni<UUID> remove(RetentionTable.Window window) {
            List<RetentionTable.OldOrder> old = window.ended();
            if (old.isEmpty()) {
                return Uni.createFrom().item(window.last());
            }
            return archive.write(old)
                    .chain(() -> table.remove(old))
                    .invoke(count -> removed += count)
                    .replaceWith(window.last());
        }

        private Uni<Void> removeEvents(Instant limit, RetentionTable.LogPosition after) {
            return step(table.removeEvents(limit, after), last -> removeEvents(limit, last));
        }

        /** Runs {@code work} until it removes nothing. */
        Uni<Void> repeat(Supplier<Uni<Integer>> work) {
            return step(work.get().map(count -> count == 0 ? null : count), count -> repeat(work));
        }

        /** One step, a rest, and the next step unless this one has left nothing to do. */
        private <T> Uni<Void> step(Uni<T> work, Function<T, Uni<Void>> next) {
            long start = System.nanoTime();
            return work.chain(more -> {
                long now = System.nanoTime();
                return more == null || now - end > 0
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                // A timer takes whole milliseconds, at least one.
                                .by(Duration.ofMillis(1 + TimeUnit.NANOSECONDS.toMillis((now - start) * REST)))
                                .chain(() -> next.apply(more));
            });
        }
    }
}
