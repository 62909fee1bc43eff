package io.sluice.webhook;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Changes endpoints on request, and records who asked. Secrets, and paths, which often have a token, are not recorded. */
@ApplicationScoped
class WebhookControl {
    private static final String URL = "url";

    private final WebhookTable webhooks;
    private final AuditLog audit;
    private final Pool pool;

    WebhookControl(WebhookTable webhooks, AuditLog audit, Pool pool) {
        this.webhooks = webhooks;
        this.audit = audit;
        this.pool = pool;
    }

    /** Emits null if there are too many. */
    Uni<Webhook> create(UUID id, WebhookTable.Settings settings, SigningSecret secret, Requester by) {
        return pool.withTransaction(transaction -> webhooks.create(transaction, id, settings, secret)
                .call(created -> recordIfAny(transaction, created, by, AuditAction.WEBHOOK_CREATE,
                        created == null ? null : Change.to(shown(created)))));
    }

    /** Emits null if there is none. */
    Uni<Webhook> change(UUID id, WebhookTable.Change change, Requester by) {
        return pool.withTransaction(transaction -> webhooks.lock(transaction, id)
                .chain(before -> webhooks.change(transaction, id, change)
                        .call(after -> recordIfAny(transaction, after, by, action(change.enabled()),
                                after == null ? null : difference(before, after)))));
    }

    private static AuditAction action(Boolean enabled) {
        if (enabled == null) {
            return AuditAction.WEBHOOK_CHANGE;
        }
        return enabled ? AuditAction.WEBHOOK_ENABLE : AuditAction.WEBHOOK_DISABLE;
    }

    /** Emits null if there is none. */
    Uni<Webhook> delete(UUID id, Requester by) {
        return pool.withTransaction(transaction -> webhooks.delete(transaction, id)
                .call(deleted -> recordIfAny(transaction, deleted, by, AuditAction.WEBHOOK_DELETE,
                        deleted == null ? null : Change.from(shown(deleted)))));
    }

    /** Emits null if there is none. */
    Uni<Webhook> rotate(UUID id, SigningSecret secret, Duration overlap, Requester by) {
        return pool.withTransaction(transaction -> webhooks.rotate(transaction, id, secret, overlap)
                .call(rotated -> recordIfAny(transaction, rotated, by, AuditAction.WEBHOOK_ROTATE, Change.UNSAID)));
    }

    private Uni<Void> recordIfAny(SqlConnection transaction, Webhook changed, Requester by, AuditAction action,
            Change change) {
        return changed == null
                ? Uni.createFrom().voidItem()
                : audit.record(transaction, by, action, changed.id(), change);
    }

    private static Change difference(Webhook before, Webhook after) {
        Change change = Change.between(values(before), values(after));
        if (change.after() != null && change.after().containsKey(URL)) {
            change.before().put(URL, before.url().site());
            change.after().put(URL, after.url().site());
        }
        return change;
    }

    private static JsonObject shown(Webhook webhook) {
        return values(webhook).put(URL, webhook.url().site());
    }

    private static JsonObject values(Webhook webhook) {
        return JsonObject.of(URL, webhook.url().toString(), "eventTypes",
                new JsonArray(webhook.eventTypes().stream().map(EventType::wireName).toList()), "channel",
                webhook.channel(), "enabled", webhook.disabledAt() == null);
    }
}
