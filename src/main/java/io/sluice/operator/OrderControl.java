package io.sluice.operator;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.http.IfMatch;
import io.sluice.http.ProblemException;
import io.sluice.operator.OrderControlTable.LockedOrder;
import io.sluice.order.Decision;
import io.sluice.order.HandlingRules;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Retries and cancels orders. Each call locks the order's row and looks at its status first, so that of several at
 * once, and of a worker that writes a step meanwhile, exactly one finds the order as it needs it.
 */
@ApplicationScoped
public class OrderControl {
    static final Change RETRIED = Change.of("status", OrderStatus.FAILED.name(), OrderStatus.QUEUED.name());

    private final OrderControlTable table;
    private final AuditLog audit;
    private final HandlingRules rules;
    private final Relay relay;
    private final Pool pool;

    OrderControl(OrderControlTable table, AuditLog audit, HandlingRules rules, Relay relay, Pool pool) {
        this.table = table;
        this.audit = audit;
        this.rules = rules;
        this.relay = relay;
        this.pool = pool;
    }

    /**
     * Queues a failed order again, at the step that failed. Completes after the commit.
     *
     * @param ifMatch what the caller knows
     * @param actor   who asks for it
     * @param origin  the request
     * @return false if there is no such order
     * @throws IllegalTransitionException if the order is not FAILED
     * @throws ProblemException           409 if another transaction does not let go of the order, 412 if it has another
     *                                    version
     */
    public Uni<Boolean> retry(UUID id, IfMatch ifMatch, Requester by) {
        return JustChangedException
                .retry(() -> pool.withTransaction(transaction -> table.lockFailed(transaction, id)
                        .chain(order -> order == null
                                ? notLocked(transaction, id)
                                : requeue(transaction, order, ifMatch, by))))
                .map(messages -> {
                    if (messages == null) {
                        return false;
                    }
                    relay.sendSoon(messages);
                    return true;
                });
    }

    /**
     * Of several retries at once, none waits for the lock: a worker skips a locked order, and would find the one that
     * is queued by then only seconds later.
     */
    private Uni<List<OutboxRow>> notLocked(SqlConnection transaction, UUID id) {
        return table.status(transaction, id).map(status -> {
            if (status == OrderStatus.FAILED) {
                throw new JustChangedException();
            }
            if (status != null) {
                throw new IllegalTransitionException(id, status, OrderStatus.QUEUED);
            }
            return null;
        });
    }

    private Uni<List<OutboxRow>> requeue(SqlConnection transaction, LockedOrder order, IfMatch ifMatch, Requester by) {
        ifMatch.check("order", order.state().version());
        if (order.justChanged()) {
            throw new JustChangedException();
        }
        Uni<Void> batch = order.batchId() == null
                ? Uni.createFrom().voidItem()
                : table.runAgain(transaction, order.batchId());
        List<UUID> id = List.of(order.state().id());
        return batch.chain(() -> audit.record(transaction, by, AuditAction.ORDER_RETRY, id, RETRIED))
                .chain(() -> table.requeue(transaction, id, by));
    }

    /**
     * Cancels an order. If a step of it is running, that step ends first, and the worker cancels the order then. A
     * shipment that exists is voided at the carrier afterwards.
     *
     * @param ifMatch what the caller knows
     * @param actor   who asks for it
     * @param origin  the request
     * @throws IllegalTransitionException if the order is HANDLED
     * @throws ProblemException           412 if it has another version
     */
    public Uni<Cancelled> cancel(UUID id, IfMatch ifMatch, Requester by) {
        return pool.withTransaction(transaction -> table.lock(transaction, id)
                .chain(order -> order == null
                        ? Uni.createFrom().item(Cancelled.UNKNOWN)
                        : cancel(transaction, order, ifMatch, by)));
    }

    private Uni<Cancelled> cancel(SqlConnection transaction, LockedOrder order, IfMatch ifMatch, Requester by) {
        UUID id = order.state().id();
        boolean cancelled = order.state().status() == OrderStatus.CANCELLED;
        if (!cancelled) {
            order.state().checkMayBecome(OrderStatus.CANCELLED);
        }
        ifMatch.check("order", order.state().version());
        if (cancelled) {
            return (order.gaveUpUndoing()
                    ? table.cancel(transaction, id, undoAgain(order), by.name())
                            .chain(() -> audit.record(transaction, by, AuditAction.ORDER_RETRY, id, Change.UNSAID))
                    : Uni.createFrom().voidItem()).replaceWith(Cancelled.BEFORE);
        }
        if (order.running()) {
            return table.requestCancel(transaction, id, by.name())
                    .chain(first -> first
                            ? audit.record(transaction, by, AuditAction.ORDER_CANCEL, id,
                                    Change.to(JsonObject.of("cancelRequested", true)))
                            : Uni.createFrom().voidItem())
                    .replaceWith(Cancelled.WHEN_THE_STEP_ENDS);
        }
        return table
                .cancel(transaction, id, rules.cancel(order.state(), null, order.shipped() || order.mayBeUndone()),
                        by.name())
                .chain(() -> audit.record(transaction, by, AuditAction.ORDER_CANCEL, id,
                        Change.of("status", order.state().status().name(), OrderStatus.CANCELLED.name())))
                .chain(() -> order.batchId() == null
                        ? Uni.createFrom().voidItem()
                        : table.recount(transaction, order.batchId()))
                .replaceWith(Cancelled.NOW);
    }

    private static Decision undoAgain(LockedOrder order) {
        return new Decision(OrderStatus.CANCELLED, Step.VOID_SHIPMENT, 0, null, null, Duration.ZERO, null, null,
                order.state().outcomeUnknown());
    }

    /** What came of a wish to cancel an order. */
    public enum Cancelled {
        /** It is cancelled. */
        NOW,
        /** It was cancelled already. */
        BEFORE,
        /** It will be, as soon as the running step has ended. */
        WHEN_THE_STEP_ENDS,
        /** There is no such order. */
        UNKNOWN
    }
}
