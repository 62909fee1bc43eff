package io.sluice.batch;

import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.sluice.web.ProblemException;
import io.smallrye.mutiny.Uni;

/** Batches over HTTP. */
@Path("/api/batches")
@Tag(name = "Batches")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BatchResource {
    private final Batches batches;

    BatchResource(Batches batches) {
        this.batches = batches;
    }

    @POST
    @Operation(summary = "Hands orders over to be handled; their slips come out in the order given")
    public Uni<Response> create(byte[] body) {
        return batches.create(BatchRequest.read(body).orderIds())
                .map(batch -> Response.accepted(batch)
                        .header(HttpHeaders.LOCATION, "/api/batches/" + batch.id())
                        .build());
    }

    @GET
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "One batch and how its orders stand")
    public Uni<BatchView> batch(@RestPath UUID id) {
        return batches.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no batch " + id + "."));
    }
}
