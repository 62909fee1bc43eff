package io.sluice.apikey;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.sluice.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** API keys over HTTP. */
@NeedsDatabase
@Path("/api/keys")
@Produces(MediaType.APPLICATION_JSON)
public class ApiKeyResource {
    private final ApiKeys keys;

    ApiKeyResource(ApiKeys keys) {
        this.keys = keys;
    }

    /** 201 with the key's text, which is never shown again; 409 if there is a key of this name. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(byte[] body, @Context RoutingContext request) {
        return keys.create(body, Requester.of(request, "api"))
                .map(key -> Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, "/api/keys/" + key.id())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(key)
                        .build());
    }

    @GET
    public Uni<KeyList> all() {
        return keys.all().map(KeyList::new);
    }

    /** Valid keys first, newest first. */
    public record KeyList(List<ApiKeyView> items) {}

    @GET
    @Path("/{id}")
    public Uni<ApiKeyView> key(@RestPath String id) {
        return keys.find(id);
    }

    /** 200; it works within seconds on every process. */
    @POST
    @Idempotent(repeatable = true)
    @Path("/{id}/revoke")
    public Uni<ApiKeyView> revoke(@RestPath String id, @Context RoutingContext request) {
        return keys.revoke(id, Requester.of(request, "api"));
    }
}
