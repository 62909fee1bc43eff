package io.sluice.person;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.sluice.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Erases a person over HTTP. */
@NeedsDatabase
@Path("/api/persons/erase")
@Produces(MediaType.APPLICATION_JSON)
public class PersonErasureResource {
    private final PersonErasure erasure;

    PersonErasureResource(PersonErasure erasure) {
        this.erasure = erasure;
    }

    /** 200 and what was erased, also if there was nothing. */
    @POST
    @Idempotent(repeatable = true)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<ErasedPerson> erase(byte[] body, @Context RoutingContext request) {
        return erasure.erase(PersonRequest.email(body), Requester.of(request, "api"));
    }
}
