package io.sluice.operator;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.accept.OrderReader;
import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.http.IfMatch;
import io.sluice.http.ProblemException;
import io.sluice.operator.OrderControlTable.LockedOrder;
import io.sluice.order.Correction;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Corrects what a shop may have got wrong, as long as it still matters. The order keeps its place in queue and batch. What
 * it was accepted with still decides whether an order with the same external id is the same.
 */
@ApplicationScoped
class OrderCorrection {
    private final OrderControlTable table;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final Pool pool;

    OrderCorrection(OrderControlTable table, AuditLog audit, ObjectMapper json, Pool pool) {
        this.table = table;
        this.audit = audit;
        this.json = json;
        this.pool = pool;
    }

    /**
     * Completes after the commit; changes nothing if nothing is different.
     *
     * @param ifMatch what the client knows
     * @param patch   a merge patch of the correctable fields
     * @return false if there is no such order
     * @throws ProblemException 409 if the order is past this, 412 if it has another version, 422 if it would not be valid
     */
    Uni<Boolean> correct(UUID id, IfMatch ifMatch, JsonNode patch, Requester by) {
        return JustChangedException.retry(() -> pool.withTransaction(transaction -> table.lock(transaction, id)
                .chain(order -> order == null
                        ? Uni.createFrom().item(false)
                        : correct(transaction, order, ifMatch, patch, by).replaceWith(true))));
    }

    private Uni<Void> correct(SqlConnection transaction, LockedOrder order, IfMatch ifMatch, JsonNode patch,
            Requester by) {
        ifMatch.check("order", order.state().version());
        if (order.justChanged()) {
            throw new JustChangedException();
        }
        UUID id = order.state().id();
        return table.content(transaction, id).chain(stored -> {
            Correction before = stored.correctable();
            Correction after = OrderReader.correction(MergePatch.apply(json.valueToTree(before), patch), patch);
            if (after.equals(before)) {
                return Uni.createFrom().voidItem();
            }
            check(order, before, after);
            return table.correct(transaction, id, stored, after, by.name())
                    .chain(() -> audit.record(transaction, by, AuditAction.ORDER_CORRECT, id, Change.ofFields(
                            ChangedFields.between(json.valueToTree(before), json.valueToTree(after)))));
        });
    }

    private static void check(LockedOrder order, Correction before, Correction after) {
        OrderStatus status = order.state().status();
        if (status.ended()) {
            throw ProblemException.conflict("The order is " + status + ". It cannot be corrected any more.");
        }
        if (order.running()) {
            throw ProblemException.conflict("A step of the order is running. Try again when it has ended.")
                    .retryAfter(1);
        }
        boolean mayBeShipped = order.mayBeUndone()
                || order.state().step() == Step.CREATE_SHIPMENT && order.state().outcomeUnknown();
        if (!after.shipTo().equals(before.shipTo()) && (order.shipped() || mayBeShipped)) {
            throw ProblemException.conflict(order.shipped()
                    ? "There is a shipment to this address already. Cancel the order, and send another one."
                    : "There may be a shipment to this address already: the carrier has not been asked, or has not answered.");
        }
    }
}
