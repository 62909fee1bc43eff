package io.sluice.dashboard.history;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.dashboard.Banners;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.PageCaller;
import io.sluice.dashboard.Pages;
import io.sluice.http.NeedsDatabase;
import io.sluice.packingslip.SenderConfig;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;

/** One order with its history: {@code GET /orders/{id}} as a page, {@code GET /dashboard/orders/{id}} as the panel. */
@NeedsDatabase
@Path("/")
@Produces(Html.TYPE)
public class OrderResource {
    private final Orders orders;
    private final Banners banners;
    private final SenderConfig sender;
    private final PageCaller caller;

    OrderResource(Orders orders, Banners banners, SenderConfig sender, PageCaller caller) {
        this.orders = orders;
        this.banners = banners;
        this.sender = sender;
        this.caller = caller;
    }

    @GET
    @Path("orders/{id}")
    public Uni<RestResponse<String>> page(String id, @RestCookie(Flash.COOKIE) String flash) {
        return history(id).chain(history -> history == null
                ? unknown(id)
                : banners.now()
                        .chain(banner -> Html.ok(
                                HistoryPages.order(history, Flash.of(flash).orElse(null), banner),
                                Flash.clearing(flash))));
    }

    @GET
    @Path("dashboard/orders/{id}")
    public Uni<RestResponse<String>> fragment(String id) {
        return history(id)
                .chain(history -> history == null ? unknown(id) : Html.ok(HistoryPages.history(history)));
    }

    private static Uni<RestResponse<String>> unknown(String id) {
        return Html.page(RestResponse.Status.NOT_FOUND,
                Pages.notice("Order not found", "There is no order with the id " + id + ". Check the link."));
    }

    private Uni<HistoryView> history(String id) {
        UUID uuid = Html.uuid(id);
        if (uuid == null) {
            return Uni.createFrom().nullItem();
        }
        // Reads the history last: it may be newer than the state shown, never older.
        return orders.find(uuid)
                .chain(order -> order == null
                        ? Uni.createFrom().nullItem()
                        : orders.history(uuid)
                                .map(history -> HistoryView.of(caller.shown(order), caller.shown(history),
                                        sender.country().orElse(null))));
    }
}
