package io.sluice.intake;

import java.time.Duration;
import java.util.List;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.PreferHeader;
import io.sluice.http.QueryParameters;
import io.sluice.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Imports from marketplaces over HTTP. */
@NeedsDatabase
@Path("/api/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {
    private final Imports imports;

    ImportsResource(Imports imports) {
        this.imports = imports;
    }

    @GET
    public Uni<List<ImportView>> imports() {
        return imports.views();
    }

    @GET
    @Path("/{marketplace}")
    public Uni<ImportView> one(@RestPath String marketplace) {
        return imports.view(marketplace);
    }

    /** 202 and the import as it stands; 200 if it has ended within the time of {@code Prefer: wait}. */
    @POST
    @Idempotent
    @Path("/{marketplace}")
    public Uni<RestResponse<ImportView>> now(@RestPath String marketplace,
            @HeaderParam(PreferHeader.HEADER) List<String> prefer, @Context RoutingContext request) {
        Duration wait = PreferHeader.waitOf(prefer).orElse(null);
        return imports.importNow(marketplace, wait == null ? Duration.ZERO : wait, Requester.of(request, "api"))
                .map(asked -> RestResponse.ResponseBuilder
                        .create(asked.ended() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED,
                                asked.view())
                        .header(HttpHeaders.RETRY_AFTER, asked.ended() ? null : 1)
                        .header(PreferHeader.APPLIED, wait == null ? null : PreferHeader.applied(wait))
                        .build());
    }

    @GET
    @Path("/{marketplace}/problems")
    public Uni<Problems> problems(@RestPath String marketplace, @RestQuery String limit,
            @RestQuery String cursor) {
        QueryParameters.readAll(() -> QueryParameters.numberCursor(cursor), () -> QueryParameters.limit(limit));
        int size = QueryParameters.limit(limit);
        Long before = QueryParameters.numberCursor(cursor);
        return imports.problems(marketplace, before == null ? Long.MAX_VALUE : before, size)
                .map(items -> new Problems(items,
                        items.size() < size ? null : Long.toString(items.get(items.size() - 1).id())));
    }

    /** 202; a worker fetches it within some seconds. */
    @POST
    @Idempotent
    @Path("/{marketplace}/problems/{id}/retry")
    @ResponseStatus(202)
    public Uni<ProblemView> retry(@RestPath String marketplace, @RestPath long id, @Context RoutingContext request) {
        return imports.retry(marketplace, id, Requester.of(request, "api"));
    }

    /** 204. */
    @DELETE
    @Path("/{marketplace}/problems/{id}")
    public Uni<Void> dismiss(@RestPath String marketplace, @RestPath long id, @Context RoutingContext request) {
        return imports.dismiss(marketplace, id, Requester.of(request, "api"));
    }

    /**
     * Orders with problems.
     *
     * @param nextCursor the query parameter {@code cursor} of the next page; null on the last one
     */
    public record Problems(List<ProblemView> items, String nextCursor) {}
}
