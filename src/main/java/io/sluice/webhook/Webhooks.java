package io.sluice.webhook;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Endpoints as people see and command them. Each call fails with 404 if there is no such endpoint. */
@ApplicationScoped
public class Webhooks {
    private final WebhookTable webhooks;
    private final WebhookControl control;
    private final DeliveryLog log;

    Webhooks(WebhookTable webhooks, WebhookControl control, DeliveryLog log) {
        this.webhooks = webhooks;
        this.control = control;
        this.log = log;
    }

    /**
     * An endpoint, and how its messages fare.
     *
     * @param site   where it is, without its path: that often has a token
     * @param last   the newest message, or null
     * @param failed messages that failed for good, counted up to {@link DeliveryLog#MAX_COUNTED}
     */
    public record Summary(WebhookView webhook, String site, DeliveryView last, long failed) {}

    public Uni<List<Summary>> all() {
        return webhooks.all()
                .chain(all -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUniAndConcatenate(this::summary)
                        .collect()
                        .asList());
    }

    public Uni<Summary> find(UUID id) {
        return found(id).chain(this::summary);
    }

    private Uni<Summary> summary(Webhook webhook) {
        return log.page(webhook.id(), Set.of(), null, 1)
                .chain(newest -> log.failed(webhook.id())
                        .map(failed -> new Summary(WebhookView.of(webhook), webhook.url().site(),
                                newest.items().isEmpty() ? null : newest.items().get(0), failed)));
    }

    /** The messages of an endpoint, newest first. */
    public Uni<DeliveryPage> deliveries(UUID id, Long before, int limit) {
        return found(id).chain(webhook -> log.page(id, Set.of(), before, limit));
    }

    public Uni<Void> enable(UUID id, boolean enabled, Requester by) {
        return known(id, control.change(id, new WebhookTable.Change(null, null, false, null, enabled), by))
                .replaceWithVoid();
    }

    /** Sends the messages that failed for good again; emits how many. Fails with 409 while the endpoint is disabled. */
    public Uni<Long> sendFailedAgain(UUID id, Requester by) {
        return whileEnabled(id, () -> log.replay(id, Set.of(DeliveryStatus.FAILED), null, null, by));
    }

    /** Sends a test message. Fails with 409 while the endpoint is disabled. */
    public Uni<DeliveryView> test(UUID id, Requester by) {
        return whileEnabled(id, () -> log.test(id, by));
    }

    /** Does this unless the endpoint is disabled. */
    <T> Uni<T> whileEnabled(UUID id, Supplier<Uni<T>> work) {
        return found(id).chain(webhook -> {
            if (webhook.disabledAt() != null) {
                throw ProblemException.conflict("The webhook is disabled. Enable it first.");
            }
            return work.get();
        });
    }

    Uni<Webhook> found(UUID id) {
        return known(id, webhooks.find(id));
    }

    private static Uni<Webhook> known(UUID id, Uni<Webhook> webhook) {
        return webhook.onItem().ifNull().failWith(() -> WebhookResource.unknown(id));
    }
}
