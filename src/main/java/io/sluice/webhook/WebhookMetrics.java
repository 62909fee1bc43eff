package io.sluice.webhook;

import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.store.LastMeasurement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;

/** Gauges of the webhooks, measured once a second, and what this worker has sent. */
@ApplicationScoped
class WebhookMetrics {
    private static final Logger LOG = Logger.getLogger(WebhookMetrics.class);

    private final Pool pool;
    private final MeterRegistry registry;
    private final LastMeasurement<Endpoints> endpoints = new LastMeasurement<>();

    WebhookMetrics(Pool pool, MeterRegistry registry) {
        this.pool = pool;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event, Role role, PeriodicTasks tasks) {
        tasks.every(Pace.MEASURING, LOG, "The webhooks cannot be measured", this::measure);
        endpoints("working", Endpoints::working);
        endpoints("failing", Endpoints::failing);
        endpoints("disabled", Endpoints::disabled);
        Gauge.builder("sluice.webhook.oldest.due.age", () -> endpoints.get(Endpoints::oldestDueSeconds))
                .baseUnit("seconds")
                .description("How long the oldest message to a working endpoint has been due; 0 if there is none")
                .register(registry);
        if (role.works()) {
            sent(true);
            sent(false);
        }
    }

    void count(Answer answer) {
        if (answer.endpointWorks() != null) {
            sent(answer.delivered()).increment();
        }
    }

    private Counter sent(boolean delivered) {
        return Counter.builder("sluice.webhook.tries")
                .tag("outcome", delivered ? "delivered" : "failed")
                .description("Tries of this worker to deliver a message to an endpoint")
                .register(registry);
    }

    private void endpoints(String state, ToDoubleFunction<Endpoints> count) {
        Gauge.builder("sluice.webhooks", () -> endpoints.get(count))
                .tag("state", state)
                .description("Endpoints that work, that fail, and that were disabled because of their answers")
                .register(registry);
    }

    private Uni<?> measure() {
        return pool.query("""
                /* measure webhooks */
                select count(*) filter (where disabled_at is null and failing_since is null) as working,
                       count(*) filter (where disabled_at is null and failing_since is not null) as failing,
                       count(*) filter (where disabled_reason <> 'request') as disabled,
                       coalesce(max(extract(epoch from now() - due_at)) filter (where due_at < now()), 0)::float8
                           as overdue
                from webhook w left join lateral (
                    select due_at from webhook_delivery d where d.webhook_id = w.id and d.state = 'PENDING'
                    order by due_at limit 1) next on w.disabled_at is null and w.failing_since is null
                """)
                .execute()
                .invoke(rows -> {
                    Row row = rows.iterator().next();
                    endpoints.take(new Endpoints(row.getLong("working"), row.getLong("failing"),
                            row.getLong("disabled"), row.getDouble("overdue")));
                });
    }

    private record Endpoints(long working, long failing, long disabled, double oldestDueSeconds) {}
}
