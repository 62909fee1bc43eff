package io.sluice.dashboard.partner;

import java.util.List;
import java.util.function.Function;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.sluice.json.TextRules;
import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerView;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * The partner list: {@code GET /partners} as a page, {@code GET /dashboard/partners} as the fragment that live pages
 * fetch, and its forms, which redirect to the page.
 */
@NeedsDatabase
@Path("/")
public class PartnerListResource {
    private final PartnerTable partners;

    PartnerListResource(PartnerTable partners) {
        this.partners = partners;
    }

    @GET
    @Path("partners")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@RestCookie(Flash.COOKIE) String flash) {
        return rows().chain(rows -> Html.ok(PartnerPages.partnerList(rows, Flash.of(flash).orElse(null)),
                Flash.clearing(flash)));
    }

    @GET
    @Path("dashboard/partners")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> fragment() {
        return rows().chain(rows -> Html.ok(PartnerPages.partnerTable(rows)));
    }

    /** Pauses a partner. */
    @POST
    @Path("dashboard/partners/{name}/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> pause(@RestPath String name, @RestForm String reason,
            @Context RoutingContext request) {
        String why = reason == null || TextRules.isBlank(reason) ? null : TextRules.oneLine(reason);
        String fault = why == null ? null : TextRules.fault(why, PartnerTable.MAX_REASON);
        return fault == null
                ? back(name, partners.pause(name, why, Requester.of(request, Html.ACTOR)),
                        partner -> Flash.good("The " + partner.inWords()
                                + " is paused. Orders that need it are held until you resume it."))
                : Uni.createFrom()
                        .item(back(Flash.bad("The partner was not paused because its reason is not valid. " + fault)));
    }

    /** Resumes a paused partner. */
    @POST
    @Path("dashboard/partners/{name}/resume")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> resume(@RestPath String name, @Context RoutingContext request) {
        return back(name, partners.resume(name, Requester.of(request, Html.ACTOR)),
                partner -> partner.state() == PartnerState.UP
                        ? Flash.good("The " + partner.inWords() + " is resumed. Its held orders continue.")
                        : Flash.bad("The " + partner.inWords()
                                + " is not paused. Sluice tests a partner that is down automatically."));
    }

    private Uni<List<PartnerRow>> rows() {
        return partners.views().map(views -> views.stream().map(PartnerRow::new).toList());
    }

    private static Uni<RestResponse<Void>> back(String name, Uni<PartnerView> changed,
            Function<PartnerView, Flash> flash) {
        return changed.map(partner -> back(partner == null
                ? Flash.bad("There is no partner named " + name + ".")
                : flash.apply(partner)));
    }

    private static RestResponse<Void> back(Flash flash) {
        return Html.redirect("partners", flash.cookie());
    }
}
