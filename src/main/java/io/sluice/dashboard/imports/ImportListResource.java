package io.sluice.dashboard.imports;

import java.time.Duration;
import java.util.List;
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
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.intake.ImportView;
import io.sluice.intake.Imports;
import io.sluice.intake.ProblemView;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The page of imports, and its forms, which redirect to it. */
@NeedsDatabase
@Path("/")
public class ImportListResource {
    /** Most imports end sooner, and the page then shows their result. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PROBLEMS_SHOWN = 50;

    private final Imports imports;

    ImportListResource(Imports imports) {
        this.imports = imports;
    }

    @GET
    @Path("imports")
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@RestCookie(Flash.COOKIE) String flash) {
        return sections().chain(sections -> Html.ok(ImportPages.importList(sections, Flash.of(flash).orElse(null)),
                Flash.clearing(flash)));
    }

    private Uni<List<ImportSection>> sections() {
        return imports.views()
                .chain(views -> Multi.createFrom()
                        .iterable(views)
                        .onItem()
                        .transformToUniAndConcatenate(this::section)
                        .collect()
                        .asList());
    }

    private Uni<ImportSection> section(ImportView view) {
        return imports.problems(view.marketplace(), Long.MAX_VALUE, PROBLEMS_SHOWN)
                .map(problems -> ImportSection.of(view, problems));
    }

    /** Imports now. */
    @POST
    @Path("dashboard/imports/{marketplace}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> now(@RestPath String marketplace, @Context RoutingContext request) {
        return back(() -> imports.importNow(marketplace, PATIENCE, Requester.of(request, Html.ACTOR)),
                ImportListResource::said);
    }

    /** Fetches an order again. */
    @POST
    @Path("dashboard/imports/{marketplace}/problems/{id}/retry")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> retry(@RestPath String marketplace, @RestPath long id,
            @Context RoutingContext request) {
        return back(() -> imports.retry(marketplace, id, Requester.of(request, Html.ACTOR)), ImportListResource::said);
    }

    /** Forgets an order with a problem. */
    @POST
    @Path("dashboard/imports/{marketplace}/problems/{id}/dismiss")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> dismiss(@RestPath String marketplace, @RestPath long id,
            @Context RoutingContext request) {
        return back(() -> imports.dismiss(marketplace, id, Requester.of(request, Html.ACTOR)),
                done -> Flash.good("The order is dismissed."));
    }

    private static Flash said(Imports.Requested request) {
        ImportView view = request.view();
        if (request.ended()) {
            String result = "Import from " + view.marketplace() + ": " + ImportSection.result(view.last());
            return view.last().error() == null ? Flash.good(result) : Flash.bad(result);
        }
        return switch (view.state()) {
            case DOWN, PAUSED -> Flash.bad("Orders of " + view.marketplace() + " cannot be imported now: it is "
                    + (view.state() == ImportView.State.DOWN ? "down" : "paused")
                    + ". The import begins when it works again.");
            case WAITING, IMPORTING -> Flash.good("The import from " + view.marketplace()
                    + " was requested. Reload this page to see its result.");
        };
    }

    private static Flash said(ProblemView problem) {
        return Flash.good("Order " + problem.externalId()
                + " will be fetched again in a moment. Reload this page to see what came of it.");
    }

    private static <T> Uni<RestResponse<Void>> back(Supplier<Uni<? extends T>> asked, Function<T, Flash> said) {
        return Uni.createFrom()
                .<T>deferred(asked)
                .map(said)
                .onFailure(ProblemException.class)
                .recoverWithItem(problem -> Flash.bad(problem.getMessage()))
                .map(flash -> Html.redirect("imports", flash.cookie()));
    }
}
