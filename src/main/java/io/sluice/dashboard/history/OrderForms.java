package io.sluice.dashboard.history;

import java.util.UUID;
import java.util.function.Function;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.OrderRow;
import io.sluice.dashboard.StatusBadge;
import io.sluice.http.IfMatch;
import io.sluice.http.NeedsDatabase;
import io.sluice.operator.OrderControl;
import io.sluice.operator.OrderControl.Cancelled;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.Step;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The forms of one order. They redirect to its page, which shows the result. */
@NeedsDatabase
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class OrderForms {
    private final OrderControl control;
    private final Orders orders;

    OrderForms(OrderControl control, Orders orders) {
        this.control = control;
        this.orders = orders;
    }

    /** Retries a failed order. */
    @POST
    @Path("dashboard/orders/{id}/retry")
    public Uni<RestResponse<Void>> retry(@RestPath UUID id, @Context RoutingContext request) {
        return control.retry(id, IfMatch.ABSENT, Requester.of(request, Html.ACTOR))
                .<Function<OrderView, Flash>>map(known -> OrderForms::retried)
                .onFailure(IllegalTransitionException.class)
                .recoverWithItem(() -> OrderForms::notRetried)
                .chain(flash -> back(id, flash));
    }

    /** Cancels an order, or retries voiding the shipment of a cancelled one. */
    @POST
    @Path("dashboard/orders/{id}/cancel")
    public Uni<RestResponse<Void>> cancel(@RestPath UUID id, @Context RoutingContext request) {
        return control.cancel(id, IfMatch.ABSENT, Requester.of(request, Html.ACTOR))
                .<Function<OrderView, Flash>>map(cancelled -> order -> cancelled(order, cancelled))
                .onFailure(IllegalTransitionException.class)
                .recoverWithItem(() -> OrderForms::notCancelled)
                .chain(flash -> back(id, flash));
    }

    private static Flash retried(OrderView order) {
        return Flash.good(name(order) + " will be retried from the step that failed.");
    }

    private static Flash notRetried(OrderView order) {
        return Flash.bad(name(order) + " cannot be retried because its status is " + status(order)
                + ". Only failed orders can be retried.");
    }

    private static Flash cancelled(OrderView order, Cancelled cancelled) {
        if (cancelled == Cancelled.WHEN_THE_STEP_ENDS) {
            return Flash.good(name(order) + " will be cancelled when the running step has ended.");
        }
        return Flash.good(name(order) + (Step.VOID_SHIPMENT.wireName().equals(order.step())
                ? " is cancelled; its shipment is being voided."
                : " is cancelled."));
    }

    private static Flash notCancelled(OrderView order) {
        return Flash.bad(name(order) + " cannot be cancelled because its status is " + status(order) + ".");
    }

    private static String status(OrderView order) {
        return new StatusBadge(order.status()).label();
    }

    private static String name(OrderView order) {
        return "Order " + new OrderRow(order).name();
    }

    /** Redirects to the page of the order. If the order does not exist, that page says so. */
    private Uni<RestResponse<Void>> back(UUID id, Function<OrderView, Flash> flash) {
        String page = "orders/" + id;
        return orders.find(id)
                .map(order -> order == null
                        ? Html.redirect(page)
                        : Html.redirect(page, flash.apply(order).cookie()));
    }
}
