package io.sluice.person;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;

/**
 * What is stored about a person, over HTTP. It changes nothing, and takes no Idempotency-Key: its answer must not be
 * kept.
 */
@NeedsDatabase
@Path("/api/persons/export")
@Produces(MediaType.APPLICATION_JSON)
public class PersonExportResource {
    private final PersonExport export;

    PersonExportResource(PersonExport export) {
        this.export = export;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Multi<byte[]> export(byte[] body, @Context RoutingContext request) {
        return export.download(PersonRequest.email(body), Requester.of(request, "api"));
    }
}
