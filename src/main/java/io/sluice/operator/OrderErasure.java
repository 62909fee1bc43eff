package io.sluice.operator;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.sluice.operator.OrderControlTable.LockedOrder;
import io.sluice.order.Correction;
import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Erases the person from an order that has ended: names, addresses but for the country, e-mail, phone, note, metadata,
 * and what partners said about it. Numbers, items, money, dates and the history stay.
 */
@ApplicationScoped
public class OrderErasure {
    private final OrderControlTable table;
    private final AuditLog audit;
    private final Pool pool;

    OrderErasure(OrderControlTable table, AuditLog audit, Pool pool) {
        this.table = table;
        this.audit = audit;
        this.pool = pool;
    }

    /**
     * Completes after the commit. An order that is erased already stays as it is.
     *
     * @return false if there is no such order
     * @throws ProblemException 409 if the order has not ended, or its shipment is still being undone
     */
    public Uni<Boolean> erase(UUID id, Requester by) {
        return JustChangedException.retry(() -> pool.withTransaction(transaction -> table.lock(transaction, id)
                .chain(order -> order == null
                        ? Uni.createFrom().item(false)
                        : erase(transaction, order, by).replaceWith(true))));
    }

    private Uni<Void> erase(SqlConnection transaction, LockedOrder order, Requester by) {
        OrderStatus status = order.state().status();
        if (!status.ended()) {
            throw ProblemException.conflict("The order is " + status + ". Only one that has ended can be erased.");
        }
        if (!order.idle()) {
            throw ProblemException.conflict("The order's shipment is still being undone. Try again later.")
                    .retryAfter(60);
        }
        if (order.justChanged()) {
            throw new JustChangedException();
        }
        UUID id = order.state().id();
        return table.content(transaction, id).chain(stored -> {
            Correction before = stored.correctable();
            Correction erased = Correction.withoutThePerson(before.shipTo().country(), before.shipBy());
            return erased.equals(before)
                    ? Uni.createFrom().voidItem()
                    : table.forget(transaction, id)
                            .chain(() -> table.correct(transaction, id, stored, erased, by.name()))
                            .chain(() -> audit.record(transaction, by, AuditAction.ORDER_ERASE, id, Change.UNSAID));
        });
    }
}
