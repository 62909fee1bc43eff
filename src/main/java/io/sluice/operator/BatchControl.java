package io.sluice.operator;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Retries the failed orders of a batch, some hundred a transaction. */
@ApplicationScoped
public class BatchControl {
    private static final int CHUNK = 500;

    private final OrderControlTable table;
    private final AuditLog audit;
    private final Relay relay;
    private final Pool pool;

    BatchControl(OrderControlTable table, AuditLog audit, Relay relay, Pool pool) {
        this.table = table;
        this.audit = audit;
        this.relay = relay;
        this.pool = pool;
    }

    /**
     * Queues the failed orders of a batch again, each at the step that failed, in their sequence. Orders that fail once
     * more meanwhile are not retried once more. Completes after the last commit.
     *
     * @param by      who asks for it
     * @return how many there were
     */
    public Uni<Integer> retry(UUID batch, Requester by) {
        return pool.query("select clock_timestamp()")
                .execute()
                .chain(now -> retry(batch, now.iterator().next().getOffsetDateTime(0), by, 0));
    }

    private Uni<Integer> retry(UUID batch, OffsetDateTime failedBy, Requester by, int before) {
        return pool.withTransaction(transaction -> table.lockFailed(transaction, batch, failedBy, CHUNK)
                .chain(failed -> failed.isEmpty()
                        ? Uni.createFrom().item(List.<OutboxRow>of())
                        : audit.record(transaction, by, AuditAction.ORDER_RETRY, failed, OrderControl.RETRIED)
                                .chain(() -> before > 0
                                        ? Uni.createFrom().voidItem()
                                        : audit.record(transaction, by, AuditAction.BATCH_RETRY, batch, Change.UNSAID))
                                .chain(() -> table.requeue(transaction, failed, by))
                                .call(() -> table.runAgain(transaction, batch))))
                .invoke(relay::sendSoon)
                .chain(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(before)
                        : retry(batch, failedBy, by, before + messages.size()));
    }
}
