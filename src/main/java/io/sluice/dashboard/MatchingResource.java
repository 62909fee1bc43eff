package io.sluice.dashboard;

import java.net.URI;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.sluice.batch.BatchRequest;
import io.sluice.batch.Batches;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.http.UserHeader;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Uni;

/** Hands over everything that fits the table's filter; a page before tells what that would mean. */
@Path("/")
@Produces(Html.TYPE)
public class MatchingResource {
    private final Matching matching;
    private final Batches batches;
    private final OrderNames names;
    private final PartnerDirectory partners;
    private final UserHeader user;

    MatchingResource(Matching matching, Batches batches, OrderNames names, PartnerDirectory partners, UserHeader user) {
        this.matching = matching;
        this.batches = batches;
        this.names = names;
        this.partners = partners;
        this.user = user;
    }

    /** The line that offers it, for a page that is there already. */
    @GET
    @Path("dashboard/matching")
    public Uni<RestResponse<String>> line(@BeanParam TableQuery query, @RestQuery String onPage) {
        return matching
                .line(query.address(), QueryParameters.integer("onPage", onPage, 0, TableView.ROWS, 0),
                        query.selectsMatching())
                .chain(line -> Html.ok(Pages.matching(line)));
    }

    /** What would be handed over, what not, and how. */
    @GET
    @Path("batches/preview")
    public Uni<RestResponse<String>> preview(@BeanParam TableQuery query, @RestQuery String printOrder,
            @RestQuery String onFailure, @RestQuery String printer) {
        TableAddress address = query.address();
        BatchChoices choices = BatchChoices.of(printOrder, onFailure, printer, partners);
        return batches.preview(request(address, choices))
                .chain(preview -> {
                    Refusals refusals = Refusals.of(preview.rejected(), preview.rejectedTotal());
                    return names.of(refusals.named())
                            .chain(known -> Html.ok(Pages.preview(address, preview.total(),
                                    Words.orders(preview.total()), refusals.with(known), choices)));
                })
                .onFailure(ProblemException.class)
                .recoverWithUni(tooMany -> Html.page(RestResponse.Status.BAD_REQUEST,
                        Pages.notice("These orders cannot be handed over together", tooMany.getMessage())));
    }

    /** Does it, and leads to the batch. */
    @POST
    @Path("dashboard/matching")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> handle(@BeanParam TableQuery query, @RestForm String printOrder,
            @RestForm String onFailure, @RestForm String printer, @Context HttpHeaders headers) {
        return batches
                .create(request(query.address(), BatchChoices.of(printOrder, onFailure, printer, partners)),
                        user.nameIn(headers, Forms.DASHBOARD))
                .map(batch -> ResponseBuilder.<Void>seeOther(URI.create("/batches/" + batch.id()))
                        .cookie(Flash.good(Words.orders(batch.counts().total()) + " handed over.").cookie())
                        .build());
    }

    private static BatchRequest request(TableAddress address, BatchChoices choices) {
        return BatchRequest.ofFilter(address.filter(), choices.printOrder(), choices.onFailure())
                .printedBy(choices.printer());
    }
}
