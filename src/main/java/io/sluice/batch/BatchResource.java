package io.sluice.batch;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.audit.Requester;
import io.sluice.http.ETags;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.idempotency.Idempotent;
import io.sluice.order.OrderStatus;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.partner.PartnerDirectory;
import io.sluice.store.PageCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Batches over HTTP. */
@NeedsDatabase
@Path("/api/batches")
@Produces(MediaType.APPLICATION_JSON)
public class BatchResource {
    private final BatchCreator creator;
    private final Batches batches;
    private final BatchItems items;
    private final PartnerDirectory partners;

    BatchResource(BatchCreator creator, Batches batches, BatchItems items, PartnerDirectory partners) {
        this.creator = creator;
        this.batches = batches;
        this.items = items;
        this.partners = partners;
    }

    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(byte[] body, @Context RoutingContext request) {
        return creator
                .create(BatchReader.read(body, printers()), Requester.of(request, "api"))
                .map(batch -> Response.accepted(batch)
                        .header(HttpHeaders.LOCATION, "/api/batches/" + batch.id())
                        .header(HttpHeaders.ETAG, ETags.of(batch.version()))
                        .build());
    }

    @POST
    @Idempotent(repeatable = true)
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<BatchPreview> preview(byte[] body) {
        return creator.preview(BatchReader.read(body, printers()));
    }

    @GET
    public Uni<BatchPage> page(@RestQuery List<String> status, @RestQuery String limit, @RestQuery String cursor) {
        QueryParameters.readAll(() -> QueryParameters.constants("status", status, BatchStatus.class),
                () -> QueryParameters.cursor(cursor, PageCursor::decode), () -> QueryParameters.limit(limit));
        return batches.page(QueryParameters.constants("status", status, BatchStatus.class),
                QueryParameters.cursor(cursor, PageCursor::decode), QueryParameters.limit(limit));
    }

    @GET
    @Path("/{id}")
    public Uni<Response> batch(@RestPath UUID id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return batches.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id))
                .map(batch -> (ETags.matches(ifNoneMatch, batch.version())
                        ? Response.notModified()
                        : Response.ok(batch)).header(HttpHeaders.ETAG, ETags.of(batch.version()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build());
    }

    @GET
    @Path("/{id}/items")
    public Uni<BatchItemPage> items(@RestPath UUID id, @RestQuery List<String> status, @RestQuery String limit,
            @RestQuery String cursor) {
        QueryParameters.readAll(() -> QueryParameters.constants("status", status, OrderStatus.class),
                () -> QueryParameters.cursor(cursor, BatchItemPage::position), () -> QueryParameters.limit(limit));
        Integer after = QueryParameters.cursor(cursor, BatchItemPage::position);
        return items.page(id, QueryParameters.constants("status", status, OrderStatus.class), after == null ? 0 : after,
                QueryParameters.limit(limit))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    private List<String> printers() {
        return partners.ofKind(PartnerKind.PRINTER).stream().map(Partner::name).toList();
    }

    private static ProblemException unknown(UUID id) {
        return ProblemException.notFound("There is no batch " + id + ".");
    }
}
