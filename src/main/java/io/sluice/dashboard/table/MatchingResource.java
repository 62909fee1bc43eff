package io.sluice.dashboard.table;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.batch.BatchCreator;
import io.sluice.batch.BatchRequest;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.OrderNames;
import io.sluice.dashboard.Pages;
import io.sluice.dashboard.batch.BatchChoices;
import io.sluice.dashboard.batch.RejectedOrders;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Starts a batch with all orders that match the filter. A preview page comes first. */
@NeedsDatabase
@Path("/")
@Produces(Html.TYPE)
public class MatchingResource {
    private final MatchingOrders matching;
    private final BatchCreator batches;
    private final OrderNames names;
    private final PartnerDirectory partners;

    MatchingResource(MatchingOrders matching, BatchCreator batches, OrderNames names, PartnerDirectory partners) {
        this.matching = matching;
        this.batches = batches;
        this.names = names;
        this.partners = partners;
    }

    /** The offer to select all matching orders. */
    @GET
    @Path("dashboard/matching")
    public Uni<RestResponse<String>> line(@BeanParam TableQuery query, @RestQuery String onPage) {
        return matching
                .line(query.address(), QueryParameters.integer("onPage", onPage, 0, TableView.ROWS, 0),
                        query.selectsMatching())
                .chain(line -> Html.ok(TablePages.matching(line)));
    }

    /** The preview: which orders the batch takes and which it rejects. */
    @GET
    @Path("batches/preview")
    public Uni<RestResponse<String>> preview(@BeanParam TableQuery query, @RestQuery String printOrder,
            @RestQuery String onFailure, @RestQuery String printer) {
        TableAddress address = query.address();
        BatchChoices choices = BatchChoices.of(printOrder, onFailure, printer, partners);
        return batches.preview(request(address, choices))
                .chain(preview -> {
                    RejectedOrders rejected = RejectedOrders.of(preview.rejected(), preview.rejectedTotal());
                    return names.of(rejected.named())
                            .chain(known -> Html.ok(TablePages.preview(address, preview.total(),
                                    Format.orders(preview.total()), preview.retried(),
                                    Format.orders(preview.retried()), rejected.with(known), choices)));
                })
                .onFailure(ProblemException.class)
                .recoverWithUni(tooMany -> Html.page(RestResponse.Status.BAD_REQUEST,
                        Pages.notice("These orders cannot be handled in one batch", tooMany.getMessage())));
    }

    /** Starts the batch and redirects to its page. */
    @POST
    @Path("dashboard/matching")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> handle(@BeanParam TableQuery query, @RestForm String printOrder,
            @RestForm String onFailure, @RestForm String printer, @Context RoutingContext request) {
        return batches
                .create(request(query.address(), BatchChoices.of(printOrder, onFailure, printer, partners)),
                        Requester.of(request, Html.ACTOR))
                .map(batch -> Html.redirect("batches/" + batch.id(), started(batch.counts().total()).cookie()))
                .onFailure(ProblemException.class)
                .recoverWithItem(refused -> Html.redirect(query.address().href(),
                        Flash.bad(refused.getMessage()).cookie()));
    }

    private static Flash started(int total) {
        return total == 0
                ? Flash.bad("None of the matching orders can be handled.")
                : Flash.good("Batch of " + Format.orders(total) + " started.");
    }

    private static BatchRequest request(TableAddress address, BatchChoices choices) {
        return BatchRequest.ofFilter(address.filter(), choices.printOrder(), choices.onFailure())
                .printedBy(choices.printer());
    }
}
