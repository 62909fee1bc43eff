package io.sluice.dashboard.webhook;

import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.InvalidAddressException;
import io.sluice.dashboard.Pages;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.webhook.Webhooks;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The pages of webhooks, and their forms, which redirect to the page of the endpoint. */
@NeedsDatabase
@Path("/")
public class WebhookListResource {
    private static final int DELIVERIES_SHOWN = 50;

    private final Webhooks webhooks;

    WebhookListResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GET
    @Path("webhooks")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@RestCookie(Flash.COOKIE) String flash) {
        return webhooks.all()
                .chain(all -> Html.ok(WebhookPages.webhookList(all.stream().map(WebhookSection::new).toList(),
                        Flash.of(flash).orElse(null)), Flash.clearing(flash)));
    }

    @GET
    @Path("webhooks/{id}")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(String id, @RestQuery String cursor,
            @RestCookie(Flash.COOKIE) String flash) {
        Long before = InvalidAddressException.insteadOfProblem(() -> QueryParameters.numberCursor(cursor));
        UUID uuid = Html.uuid(id);
        return uuid == null
                ? unknown(id)
                : webhooks.find(uuid)
                        .chain(one -> webhooks.deliveries(uuid, before, DELIVERIES_SHOWN)
                                .chain(page -> Html.ok(WebhookPages.webhook(new WebhookSection(one),
                                        page.items().stream().map(DeliveryRow::new).toList(), page.nextCursor(),
                                        Flash.of(flash).orElse(null)), Flash.clearing(flash))))
                        .onFailure(ProblemException.class)
                        .recoverWithUni(() -> unknown(id));
    }

    private static Uni<RestResponse<String>> unknown(String id) {
        return Html.page(RestResponse.Status.NOT_FOUND,
                Pages.notice("Webhook not found", "There is no webhook with the id " + id + ". Check the link."));
    }

    @POST
    @Path("dashboard/webhooks/{id}/enable")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> enable(@RestPath UUID id, @Context RoutingContext request) {
        return back(id, () -> webhooks.enable(id, true, Requester.of(request, Html.ACTOR)),
                done -> Flash.good("The webhook is enabled. Events that waited for it are sent now."));
    }

    @POST
    @Path("dashboard/webhooks/{id}/disable")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> disable(@RestPath UUID id, @Context RoutingContext request) {
        return back(id, () -> webhooks.enable(id, false, Requester.of(request, Html.ACTOR)),
                done -> Flash.good("The webhook is disabled. Events wait until you enable it."));
    }

    @POST
    @Path("dashboard/webhooks/{id}/replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> sendFailedAgain(@RestPath UUID id, @Context RoutingContext request) {
        return back(id, () -> webhooks.sendFailedAgain(id, Requester.of(request, Html.ACTOR)),
                count -> Flash.good((count == 1
                        ? "1 message is"
                        : Format.number(count) + " messages are")
                        + " sent again. Reload this page to see what came of it."));
    }

    @POST
    @Path("dashboard/webhooks/{id}/test")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> test(@RestPath UUID id, @Context RoutingContext request) {
        return back(id, () -> webhooks.test(id, Requester.of(request, Html.ACTOR)),
                done -> Flash.good("A test message is sent. Reload this page to see what came of it."));
    }

    private static <T> Uni<RestResponse<Void>> back(UUID id, Supplier<Uni<? extends T>> asked,
            Function<T, Flash> said) {
        return Uni.createFrom()
                .<T>deferred(asked)
                .map(said)
                .onFailure(ProblemException.class)
                .recoverWithItem(problem -> Flash.bad(problem.getMessage()))
                .map(flash -> Html.redirect("webhooks/" + id, flash.cookie()));
    }
}
