package io.sluice.operator;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.audit.Requester;
import io.sluice.batch.BatchEnd;
import io.sluice.batch.BatchView;
import io.sluice.batch.Batches;
import io.sluice.http.ETags;
import io.sluice.http.IfMatch;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Aborts and retries batches over HTTP. */
@NeedsDatabase
@Path("/api/batches/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class BatchControlResource {
    private final BatchControl control;
    private final BatchEnd end;
    private final Batches batches;

    BatchControlResource(BatchControl control, BatchEnd end, Batches batches) {
        this.control = control;
        this.end = end;
        this.batches = batches;
    }

    /** 202 once no further order of it is begun; 409 unless it was RUNNING. */
    @POST
    @Idempotent
    @Path("/abort")
    public Uni<Response> abort(@RestPath UUID id, @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
            @Context RoutingContext request) {
        return find(id, new IfMatch(ifMatch))
                .chain(batch -> end.abort(id, Requester.of(request, "api"))
                        .invoke(ended -> check(ended, "Batch " + id + " is " + batch.status()
                                + "; only a running one can be aborted.")))
                .chain(() -> accepted(id));
    }

    /** 202 once all of them are queued; 409 if none has failed. */
    @POST
    @Idempotent
    @Path("/retry")
    public Uni<Response> retry(@RestPath UUID id, @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
            @Context RoutingContext request) {
        return find(id, new IfMatch(ifMatch))
                .chain(batch -> control.retry(id, Requester.of(request, "api")))
                .invoke(count -> check(count > 0, "No order of batch " + id + " has failed."))
                .chain(() -> accepted(id));
    }

    /** What the client knows is compared with what is read here; an order may end between that and the change. */
    private Uni<BatchView> find(UUID id, IfMatch ifMatch) {
        return batches.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no batch " + id + "."))
                .invoke(batch -> ifMatch.check("batch", batch.version()));
    }

    private Uni<Response> accepted(UUID id) {
        return batches.find(id)
                .map(batch -> Response.accepted(batch).header(HttpHeaders.ETAG, ETags.of(batch.version())).build());
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw ProblemException.conflict(otherwise);
        }
    }
}
