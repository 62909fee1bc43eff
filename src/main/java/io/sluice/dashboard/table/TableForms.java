package io.sluice.dashboard.table;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.batch.BatchCreator;
import io.sluice.batch.BatchRequest;
import io.sluice.batch.BatchView;
import io.sluice.batch.Rejected;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.OrderNames;
import io.sluice.dashboard.batch.BatchChoices;
import io.sluice.demo.DemoRequest;
import io.sluice.demo.DemoShop;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.QueryParameters;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The forms of the table page. They redirect to the page they were sent from, which shows the result. */
@NeedsDatabase
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class TableForms {
    private final BatchCreator batches;
    private final OrderNames names;
    private final PartnerDirectory partners;
    private final DemoShop demo;

    TableForms(BatchCreator batches, OrderNames names, PartnerDirectory partners, DemoShop demo) {
        this.batches = batches;
        this.names = names;
        this.partners = partners;
        this.demo = demo;
    }

    /**
     * Starts a batch with the selected orders, in form order (top to bottom).
     *
     * @param orderId  the selected rows of the page, if there is no script
     * @param orderIds all selected orders, separated by blanks: the framework takes at most 1,000 fields
     * @param matching whether all orders that match the filter are selected; a preview page is shown first
     */
    @POST
    @Path("dashboard/batches")
    public Uni<RestResponse<Void>> handle(@BeanParam TableQuery query, @RestForm List<String> orderId,
            @RestForm String orderIds, @RestForm boolean matching, @RestForm String printOrder,
            @RestForm String onFailure,
            @RestForm String printer,
            @Context RoutingContext request) {
        TableAddress page = query.address();
        BatchChoices choices = BatchChoices.of(printOrder, onFailure, printer, partners);
        if (matching) {
            return Uni.createFrom()
                    .item(Html.redirect(page.previewHref(choices)));
        }
        Set<UUID> selected = QueryParameters.ids("orderId",
                orderIds == null ? orderId : List.of(orderIds.strip().split(" ")));
        if (selected.isEmpty()) {
            return Uni.createFrom()
                    .item(back(page, Flash.bad("No orders selected. Select at least one order, then press Handle.")));
        }
        return batches
                .create(BatchRequest.ofOrders(List.copyOf(selected), choices.printOrder(), choices.onFailure())
                        .printedBy(choices.printer()),
                        Requester.of(request, Html.ACTOR))
                .chain(batch -> named(batch.rejected(), started(batch, choices)))
                .map(flash -> back(page, flash));
    }

    /** Creates demo orders. */
    @POST
    @Path("dashboard/demo-orders")
    public Uni<RestResponse<Void>> generate(@BeanParam TableQuery query, @RestForm String count,
            @Context RoutingContext request) {
        TableAddress page = query.address();
        return demo.place(DemoRequest.of(QueryParameters.integer("count", count, 1, DemoRequest.MAX_COUNT, 1)),
                Requester.of(request, Html.ACTOR))
                .map(placed -> back(page, Flash.good(Format.orders(placed.size()) + " created.")));
    }

    private static Flash started(BatchView batch, BatchChoices choices) {
        int total = batch.counts().total();
        return total == 0
                ? Flash.bad("None of the selected orders can be handled.")
                : Flash.good("Batch of " + Format.orders(total) + " started" + choices.phrase() + ".")
                        .withBatch(batch.id());
    }

    /** Adds why orders were rejected. */
    private Uni<Flash> named(List<Rejected> rejected, Flash flash) {
        return names.of(rejected.stream().map(Rejected::orderId).toList())
                .map(known -> flash.withDetails(rejected.stream()
                        .map(one -> known.getOrDefault(one.orderId(), one.orderId().toString()) + ": " + one.reason())
                        .toList()));
    }

    private static RestResponse<Void> back(TableAddress page, Flash flash) {
        return Html.redirect(page.href(), flash.cookie());
    }
}
