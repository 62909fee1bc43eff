package io.sluice.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.RepeatedTask;
import io.sluice.store.SupervisedTask;
import io.sluice.stream.EventLog;
import io.sluice.stream.LogEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Makes deliveries of events, and sends them. Every worker does this; docs/decisions/0023-webhooks.md says how they share
 * the work.
 */
@ApplicationScoped
class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final Pace LOOK = new Pace(500, 3000);
    /** A process that is slow to record a result must not lose its claim to another. */
    private static final Duration RECORDING = Duration.ofSeconds(15);
    /** All endpoints together, in one process. */
    private static final int MAX_IN_FLIGHT = 256;

    private final WebhookConfig config;
    private final WebhookTable webhooks;
    private final DeliveryTable table;
    private final WebhookClient client;
    private final EventLog log;
    private final ObjectMapper json;
    private final WebhookMetrics metrics;
    private final RetrySchedule schedule;
    private final SupervisedTask recording = new SupervisedTask(LOG, "The result of a webhook cannot be recorded");
    private final Map<UUID, Integer> inFlight = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> allSent = new CompletableFuture<>();
    private volatile boolean stopping;
    private RepeatedTask task;

    Deliveries(WebhookConfig config, WebhookTable webhooks, DeliveryTable table, WebhookClient client, EventLog log,
            ObjectMapper json, WebhookMetrics metrics) {
        this.config = config;
        this.webhooks = webhooks;
        this.table = table;
        this.client = client;
        this.log = log;
        this.json = json;
        this.metrics = metrics;
        this.schedule = new RetrySchedule(config.retryDelays());
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        require(config.timeout().toMillis() > 0, "SLUICE_WEBHOOKS_TIMEOUT: must be more than 0s");
        require(config.timeout().compareTo(Duration.ofMinutes(1)) <= 0, "SLUICE_WEBHOOKS_TIMEOUT: must be 1m at most");
        require(config.retryDelays().stream().noneMatch(Duration::isNegative),
                "SLUICE_WEBHOOKS_RETRY_DELAYS: must not be negative");
        require(config.maxInFlight() > 0 && config.maxInFlight() <= MAX_IN_FLIGHT,
                "SLUICE_WEBHOOKS_MAX_IN_FLIGHT: must be from 1 to " + MAX_IN_FLIGHT);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    void start(@Observes StartupEvent event, Role role, PeriodicTasks tasks) {
        if (role.works()) {
            task = tasks.every(LOOK, LOG, "Webhooks cannot be sent", this::run);
        }
    }

    void stop(@Observes ShutdownStarted shutdown) {
        stopping = true;
        finishIfAllSent();
        shutdown.awaits(Uni.createFrom().completionStage(allSent));
    }

    private Uni<Void> run() {
        return table.enabled()
                .chain(enabled -> Multi.createFrom()
                        .iterable(enabled)
                        .filter(DeliveryTable.Enabled::news)
                        .onItem()
                        .transformToUniAndConcatenate(one -> dispatch(one.webhook()))
                        .collect()
                        .asList()
                        .chain(() -> claim(enabled.stream().map(DeliveryTable.Enabled::webhook).toList())));
    }

    private Uni<Void> dispatch(Webhook webhook) {
        return table.dispatch(webhook.id()).invoke(dispatched -> {
            if (dispatched.missed()) {
                LOG.warnf("The webhook %s (%s) missed events: they had been removed before they could be sent",
                        webhook.id(), webhook.url().site());
            }
            if (dispatched.events() == DeliveryTable.EVENTS) {
                task.now();
            }
        }).replaceWithVoid();
    }

    private Uni<Void> claim(List<Webhook> enabled) {
        Map<UUID, Integer> free = free(enabled);
        if (free.isEmpty() || stopping) {
            return Uni.createFrom().voidItem();
        }
        Map<UUID, Webhook> byId = enabled.stream().collect(Collectors.toMap(Webhook::id, Function.identity()));
        return table.claim(free, config.timeout().plus(RECORDING))
                .chain(claimed -> claimed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : log.find(claimed.stream().map(ClaimedDelivery::position).toList())
                                .invoke(events -> claimed.forEach(
                                        one -> send(byId.get(one.webhookId()), one, events.get(one.position()))))
                                .replaceWithVoid());
    }

    /** How many messages of each endpoint may be sent besides those under way. One that fails gets one at a time. */
    private Map<UUID, Integer> free(List<Webhook> enabled) {
        int all = MAX_IN_FLIGHT - inFlight.values().stream().mapToInt(Integer::intValue).sum();
        Map<UUID, Integer> free = new HashMap<>();
        for (Webhook webhook : enabled) {
            int limit = webhook.failingSince() == null ? config.maxInFlight() : 1;
            int more = Math.min(all, limit - inFlight.getOrDefault(webhook.id(), 0));
            if (more > 0) {
                free.put(webhook.id(), more);
                all -= more;
            }
        }
        return free;
    }

    private void send(Webhook webhook, ClaimedDelivery delivery, LogEvent event) {
        inFlight.merge(webhook.id(), 1, Integer::sum);
        Uni<Answer> answer = delivery.position() != null && event == null
                ? Uni.createFrom().item(Answer.REMOVED)
                : client.send(webhook, delivery.messageId(), body(delivery, event), delivery.attempts(),
                        delivery.clock().now());
        answer.invoke(metrics::count)
                .chain(got -> recording.attempt(record(webhook, delivery, got)))
                .subscribe()
                .with(done -> {
                    inFlight.computeIfPresent(webhook.id(), (id, count) -> count == 1 ? null : count - 1);
                    finishIfAllSent();
                    task.now();
                });
    }

    private String body(ClaimedDelivery delivery, LogEvent event) {
        Instant at = event == null ? delivery.clock().now() : event.at();
        try {
            return json.writeValueAsString(
                    new Payload(delivery.type(), at, event == null ? "{}" : event.data().toString()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Uni<Void> record(Webhook webhook, ClaimedDelivery delivery, Answer answer) {
        boolean last = answer.delivered() || answer.gone() || answer == Answer.REMOVED;
        Duration wait = last ? null : schedule.after(delivery.attempts() + 1, answer.retryAfter()).orElse(null);
        Uni<Void> recorded = table.record(delivery, answer, wait);
        return Boolean.FALSE.equals(answer.endpointWorks())
                ? recorded.chain(() -> disable(webhook, answer.gone()))
                : recorded;
    }

    private Uni<Void> disable(Webhook webhook, boolean gone) {
        Uni<Boolean> disabled = gone
                ? webhooks.disableGone(webhook)
                : webhooks.disableFailing(webhook.id(), config.disableAfter());
        return disabled.invoke(now -> {
            if (now) {
                LOG.warnf("The webhook %s (%s) is disabled: %s. Enable it with PATCH /api/webhooks/%s", webhook.id(),
                        webhook.url().site(),
                        gone
                                ? "the endpoint answered HTTP 410"
                                : "it has answered nothing but errors for "
                                        + config.disableAfter().toHours() + " hours",
                        webhook.id());
            }
        }).replaceWithVoid();
    }

    private void finishIfAllSent() {
        if (stopping && inFlight.isEmpty()) {
            allSent.complete(null);
        }
    }
}
