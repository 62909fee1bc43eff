package io.sluice.dashboard.person;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.order.Email;
import io.sluice.person.ErasedPerson;
import io.sluice.person.PersonErasure;
import io.sluice.person.PersonExport;
import io.sluice.person.PersonLookup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The page of personal data. Its forms send the e-mail address in the body: it is in no URL. */
@NeedsDatabase
@Path("/")
public class PersonPageResource {
    private static final String PAGE = "personal-data";

    private final PersonLookup lookup;
    private final PersonErasure erasure;
    private final PersonExport export;

    PersonPageResource(PersonLookup lookup, PersonErasure erasure, PersonExport export) {
        this.lookup = lookup;
        this.export = export;
        this.erasure = erasure;
    }

    @GET
    @Path(PAGE)
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@RestCookie(Flash.COOKIE) String flash) {
        return Html.ok(PersonPages.person(null, null, null, Flash.of(flash).orElse(null)), Flash.clearing(flash));
    }

    /** Shows how much is stored. */
    @POST
    @Path("dashboard/personal-data")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> find(@RestForm String email) {
        return PersonLookup.isEmail(email)
                ? lookup.find(new Email(email))
                        .chain(found -> Html.ok(PersonPages.person(email.strip(), new FoundData(found), null, null)))
                : Html.ok(PersonPages.person(email, null, "This is not an e-mail address.", null));
    }

    @POST
    @Path("dashboard/personal-data/export")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Multi<byte[]> export(@RestForm String email, @Context RoutingContext request) {
        if (!PersonLookup.isEmail(email)) {
            throw ProblemException.malformed("The form has no e-mail address.");
        }
        return export.download(new Email(email), Requester.of(request, Html.ACTOR));
    }

    @POST
    @Path("dashboard/personal-data/erase")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> erase(@RestForm String email, @Context RoutingContext request) {
        return PersonLookup.isEmail(email)
                ? erasure.erase(new Email(email), Requester.of(request, Html.ACTOR))
                        .map(erased -> Html.redirect(PAGE, said(erased).cookie()))
                : Uni.createFrom().item(Html.redirect(PAGE));
    }

    private static Flash said(ErasedPerson erased) {
        String text = "The person was erased from " + Format.orders(erased.erased().size() + erased.fetchedOrders())
                + ".";
        if (erased.more()) {
            return Flash.bad(text + " There are more: enter the address again.");
        }
        return erased.underway().isEmpty()
                ? Flash.good(text)
                : Flash.bad(text + " " + Format.orders(erased.underway().size())
                        + " that have not ended still name the person. Erase again when they have ended.");
    }
}
