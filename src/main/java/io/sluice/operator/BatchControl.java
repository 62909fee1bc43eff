package io.sluice.operator;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderAction;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.sluice.store.OrderActions;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Retries the failed orders of a batch, some hundred a transaction. */
@ApplicationScoped
public class BatchControl {
    private static final int CHUNK = 500;

    private final OrderControlTable table;
    private final OrderActions actions;
    private final Relay relay;
    private final Pool pool;

    BatchControl(OrderControlTable table, OrderActions actions, Relay relay, Pool pool) {
        this.table = table;
        this.actions = actions;
        this.relay = relay;
        this.pool = pool;
    }

    /**
     * Queues the failed orders of a batch again, each at the step that failed, in their sequence. Orders that fail once
     * more meanwhile are not retried once more. Completes after the last commit.
     *
     * @param actor  who asks for it
     * @param origin the request
     * @return how many there were
     */
    public Uni<Integer> retry(UUID batch, String actor, Origin origin) {
        return pool.query("select clock_timestamp()")
                .execute()
                .chain(now -> retry(batch, now.iterator().next().getOffsetDateTime(0), actor, origin, 0));
    }

    private Uni<Integer> retry(UUID batch, OffsetDateTime failedBy, String actor, Origin origin, int before) {
        return pool.withTransaction(transaction -> table.lockFailed(transaction, batch, failedBy, CHUNK)
                .chain(failed -> failed.isEmpty()
                        ? Uni.createFrom().item(List.<OutboxRow>of())
                        : actions.record(transaction, failed, OrderAction.RETRY, actor, origin)
                                .chain(() -> table.requeue(transaction, failed, actor, origin))
                                .call(() -> table.runAgain(transaction, batch))))
                .invoke(relay::sendSoon)
                .chain(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(before)
                        : retry(batch, failedBy, actor, origin, before + messages.size()));
    }
}
