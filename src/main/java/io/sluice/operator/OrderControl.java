package io.sluice.operator;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Gates;
import io.sluice.order.Decision;
import io.sluice.order.HandlingRules;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.outbox.OutboxRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Retries and cancels. Each locks the order's row and looks at its status first, so that of many at once, and of a worker
 * that records a step meanwhile, exactly one finds the order as it needs it.
 */
@ApplicationScoped
public class OrderControl {
    private final ControlTable table;
    private final Gates gates;
    private final HandlingRules rules;
    private final BatchControl batches;
    private final Pool pool;

    OrderControl(ControlTable table, Gates gates, HandlingRules rules, BatchControl batches, Pool pool) {
        this.table = table;
        this.gates = gates;
        this.rules = rules;
        this.batches = batches;
        this.pool = pool;
    }

    /**
     * Queues a failed order again, at the step that failed. Completes after the commit.
     *
     * @return false if there is no such order
     * @throws IllegalTransitionException if the order is not FAILED
     */
    public Uni<Boolean> retry(UUID id) {
        return pool.withTransaction(transaction -> table.batchOf(transaction, id)
                .chain(batch -> batch.isPresent()
                        ? gates.lock(transaction, batch.get())
                        : Uni.createFrom().voidItem())
                .chain(() -> table.lock(transaction, id))
                .chain(order -> order == null ? Uni.createFrom().nullItem() : requeue(transaction, order)))
                .onFailure(JustChanged.class)
                .retry()
                .atMost(10)
                .invoke(messages -> {
                    if (messages != null) {
                        gates.woken(messages);
                    }
                })
                .map(messages -> messages != null);
    }

    private Uni<List<OutboxRow>> requeue(SqlConnection transaction, ControlTable.Locked order) {
        if (order.state().status() != OrderStatus.FAILED) {
            throw new IllegalTransitionException(order.state().id(), order.state().status(), OrderStatus.QUEUED);
        }
        if (order.justChanged()) {
            throw new JustChanged();
        }
        return order.batchId() == null
                ? table.requeue(transaction, order.state().id())
                : batches.requeue(transaction, order.batchId(), List.of(order.state().id()), List.of(order.rank()));
    }

    /**
     * Cancels an order. If a step of it is running, that step ends first and the worker cancels the order then; a
     * shipment that exists is voided at the carrier afterwards.
     *
     * @throws IllegalTransitionException if the order is HANDLED
     */
    public Uni<Cancelled> cancel(UUID id) {
        return pool.withTransaction(transaction -> table.lock(transaction, id)
                .chain(order -> order == null
                        ? Uni.createFrom().item(new Done(Cancelled.UNKNOWN, null))
                        : cancel(transaction, order)))
                // Not in the same transaction: see docs/decisions/0003. Were it never to happen, a sweep would see to it.
                .chain(done -> done.batch() == null
                        ? Uni.createFrom().item(done.cancelled())
                        : gates.giveWay(done.batch(), id)
                                .chain(() -> batches.recount(done.batch()))
                                .replaceWith(done.cancelled()));
    }

    private Uni<Done> cancel(SqlConnection transaction, ControlTable.Locked order) {
        if (order.state().status() == OrderStatus.CANCELLED) {
            return (order.gaveUpUndoing()
                    ? table.cancel(transaction, order, undoAgain(order))
                    : Uni.createFrom().voidItem()).replaceWith(new Done(Cancelled.NOW, null));
        }
        order.state().checkMayBecome(OrderStatus.CANCELLED);
        if (order.running()) {
            return table.requestCancel(transaction, order.state().id())
                    .replaceWith(new Done(Cancelled.WHEN_THE_STEP_ENDS, null));
        }
        return table.cancel(transaction, order, rules.cancel(order.state(), null, order.shipped()))
                .replaceWith(new Done(Cancelled.NOW, order.batchId()));
    }

    private static Decision undoAgain(ControlTable.Locked order) {
        return new Decision(OrderStatus.CANCELLED, Step.VOID_SHIPMENT, 0, null, null, Duration.ZERO, null, null,
                order.state().unknown());
    }

    /** Whoever changed the order may have a younger transaction id; its event must not come after this one's. */
    private static final class JustChanged extends RuntimeException {
        JustChanged() {
            super("the order has just changed", null, false, false);
        }
    }

    /** What came of a wish to cancel an order. */
    public enum Cancelled {
        /** It is cancelled, perhaps it was before. */
        NOW,
        /** It will be, as soon as the running step has ended. */
        WHEN_THE_STEP_ENDS,
        /** There is no such order. */
        UNKNOWN
    }

    /** @param batch in which the order has to give way, or null */
    private record Done(Cancelled cancelled, UUID batch) {}
}
