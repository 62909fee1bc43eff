package io.sluice.dashboard;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.sluice.batch.BatchRequest;
import io.sluice.batch.BatchView;
import io.sluice.batch.Batches;
import io.sluice.batch.Rejected;
import io.sluice.demo.DemoRequest;
import io.sluice.demo.DemoShop;
import io.sluice.http.QueryParameters;
import io.sluice.http.UserHeader;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Uni;

/** What the page's buttons send. Every form leads back to the page it stood on, which then says what came of it. */
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class Forms {
    /** Who started a batch, where nobody is told apart. */
    static final String DASHBOARD = "dashboard";

    private final Batches batches;
    private final OrderNames names;
    private final PartnerDirectory partners;
    private final DemoShop demo;
    private final UserHeader user;

    Forms(Batches batches, OrderNames names, PartnerDirectory partners, DemoShop demo, UserHeader user) {
        this.batches = batches;
        this.names = names;
        this.partners = partners;
        this.demo = demo;
        this.user = user;
    }

    /**
     * Has the selected orders handled, in the order in which the form names them: top to bottom.
     *
     * @param matching whether everything is selected that fits the table's filter; then a page tells first what that means
     */
    @POST
    @Path("dashboard/batches")
    public Uni<RestResponse<Void>> handle(@BeanParam TableQuery query, @RestForm List<UUID> orderId,
            @RestForm boolean matching, @RestForm String printOrder, @RestForm String onFailure,
            @RestForm String printer,
            @Context HttpHeaders headers) {
        TableAddress page = query.address();
        BatchChoices choices = BatchChoices.of(printOrder, onFailure, printer, partners);
        if (matching) {
            return Uni.createFrom()
                    .item(ResponseBuilder.<Void>seeOther(URI.create(page.previewHref(choices))).build());
        }
        Set<UUID> selected = new LinkedHashSet<>(orderId);
        if (selected.isEmpty()) {
            return Uni.createFrom().item(back(page, Flash.bad("Nothing was selected.")));
        }
        return batches
                .create(BatchRequest.ofOrders(List.copyOf(selected), choices.printOrder(), choices.onFailure())
                        .printedBy(choices.printer()),
                        user.nameIn(headers, DASHBOARD))
                .chain(batch -> summary(batch, choices))
                .map(flash -> back(page, flash));
    }

    /** Places demo orders. */
    @POST
    @Path("dashboard/demo-orders")
    public Uni<RestResponse<Void>> generate(@BeanParam TableQuery query, @RestForm String count) {
        TableAddress page = query.address();
        return demo.place(DemoRequest.of(QueryParameters.integer("count", count, 1, DemoRequest.MAX_COUNT, 1)))
                .map(placed -> back(page, Flash.good(Words.orders(placed.size()) + " came in.")));
    }

    private Uni<Flash> summary(BatchView batch, BatchChoices choices) {
        String handedOver = Words.orders(batch.counts().total()) + " handed over";
        Flash flash = batch.counts().total() == 0
                ? Flash.bad("Nothing was handed over.")
                : Flash.good(handedOver + choices.inWords() + ".").withBatch(batch.id());
        List<Rejected> rejected = batch.rejected();
        return names.of(rejected.stream().map(Rejected::orderId).toList())
                .map(known -> flash.withDetails(rejected.stream()
                        .map(one -> known.getOrDefault(one.orderId(), one.orderId().toString()) + ": " + one.reason())
                        .toList()));
    }

    private static RestResponse<Void> back(TableAddress page, Flash flash) {
        return ResponseBuilder.<Void>seeOther(URI.create(page.href())).cookie(flash.cookie()).build();
    }
}
