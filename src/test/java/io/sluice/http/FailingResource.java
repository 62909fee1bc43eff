package io.sluice.http;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.order.IllegalTransitionException;
import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.sqlclient.ClosedConnectionException;

/** Fails in every way a resource can. */
@Path("/test-web")
public class FailingResource {

    static final UUID ORDER = new UUID(1, 2);

    @Inject
    ObjectMapper json;

    @POST
    @Path("/body")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> body(byte[] body) {
        return Uni.createFrom()
                .item("{\"length\":" + body.length + ",\"thread\":\"" + Thread.currentThread().getName() + "\"}");
    }

    @POST
    @Path("/parts/lines")
    @Consumes("application/x-ndjson")
    @Produces(MediaType.TEXT_PLAIN)
    public Uni<String> lines(@Context HttpServerRequest request) {
        return Uni.createFrom().emitter(done -> {
            long[] length = {0};
            request.handler(chunk -> length[0] += chunk.length())
                    .endHandler(end -> done.complete("" + length[0]))
                    .resume();
        });
    }

    @POST
    @Path("/parts/form")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_PLAIN)
    public Uni<String> form(@RestForm String name) {
        return Uni.createFrom().item(name);
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> byId(@RestPath UUID id, @RestQuery String limit) {
        int checked = QueryParameters.integer("limit", limit, 1, 200, 50);
        return Uni.createFrom().item("{\"id\":\"" + id + "\",\"limit\":" + checked + "}");
    }

    @GET
    @Path("/page")
    @Produces(MediaType.TEXT_HTML)
    public Uni<String> page() {
        return Uni.createFrom().item("<!doctype html>");
    }

    @GET
    @Path("/fails/{how}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Buffer> fails(@RestPath String how) throws Exception {
        return switch (how) {
            case "transition" ->
                throw new IllegalTransitionException(ORDER, OrderStatus.HANDLED, OrderStatus.CANCELLED);
            case "busy" ->
                Uni.createFrom().failure(ProblemException.overloaded("Come back later.", Duration.ofSeconds(7)));
            case "wrapped" -> Uni.createFrom()
                    .failure(new java.util.concurrent.CompletionException(ProblemException.conflict("There is one.")));
            case "database" -> Uni.createFrom()
                    .failure(new java.util.concurrent.CompletionException(
                            new jakarta.persistence.PersistenceException(ClosedConnectionException.INSTANCE)));
            case "connect" ->
                Uni.createFrom().failure(new java.net.ConnectException("Connection refused: localhost:5432"));
            case "json" -> Uni.createFrom().item(json.readValue("{", Id.class)).replaceWith(Buffer.buffer());
            case "definition" -> Uni.createFrom().item(json.readValue("{}", Buffer.class));
            case "type" ->
                Uni.createFrom().item(json.readValue("{\"id\":\"x\"}", Id.class)).replaceWith(Buffer.buffer());
            case "error" -> throw new NoClassDefFoundError("secret");
            case "teapot" -> throw new jakarta.ws.rs.WebApplicationException(418);
            case "redirect" -> throw new jakarta.ws.rs.RedirectionException(303, java.net.URI.create("/elsewhere"));
            default -> throw new IllegalStateException("secret");
        };
    }

    public record Id(UUID id) {}
}
