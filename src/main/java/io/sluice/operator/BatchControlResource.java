package io.sluice.operator;

import java.util.UUID;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.sluice.batch.BatchEnd;
import io.sluice.batch.BatchView;
import io.sluice.batch.Batches;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.UserHeader;
import io.smallrye.mutiny.Uni;

/** Aborts and retries batches over HTTP. */
@NeedsDatabase
@Path("/api/batches/{id}")
@Tag(name = "Batches")
@Produces(MediaType.APPLICATION_JSON)
public class BatchControlResource {
    private final BatchControl control;
    private final BatchEnd end;
    private final Batches batches;
    private final UserHeader user;

    BatchControlResource(BatchControl control, BatchEnd end, Batches batches, UserHeader user) {
        this.control = control;
        this.end = end;
        this.batches = batches;
        this.user = user;
    }

    /** 202 once no further order of it is begun; 409 unless it was RUNNING. */
    @POST
    @Path("/abort")
    @Operation(summary = "Ends a batch; orders that have not passed the last ordered step return to where they were")
    public Uni<Response> abort(@RestPath UUID id) {
        return find(id)
                .chain(batch -> end.abort(id)
                        .invoke(ended -> check(ended, "Batch " + id + " is " + batch.status()
                                + "; only a running one can be aborted.")))
                .chain(() -> accepted(id));
    }

    /** 202 once all of them are queued; 409 if none has failed. */
    @POST
    @Path("/retry")
    @Operation(summary = "Queues the failed orders of a batch again, each at the step that failed")
    public Uni<Response> retry(@RestPath UUID id, @Context HttpHeaders headers) {
        return find(id)
                .chain(batch -> control.retry(id, user.nameIn(headers, "api")))
                .invoke(count -> check(count > 0, "No order of batch " + id + " has failed."))
                .chain(() -> accepted(id));
    }

    private Uni<BatchView> find(UUID id) {
        return batches.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no batch " + id + "."));
    }

    private Uni<Response> accepted(UUID id) {
        return batches.find(id).map(batch -> Response.accepted(batch).build());
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw ProblemException.conflict(otherwise);
        }
    }
}
