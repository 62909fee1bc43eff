package io.sluice.operator;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.audit.Requester;
import io.sluice.http.ETags;
import io.sluice.http.IfMatch;
import io.sluice.http.JsonBody;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.idempotency.Idempotent;
import io.sluice.store.Orders;
import io.sluice.stream.LoadForecast;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Corrections over HTTP. */
@NeedsDatabase
@Path("/api/orders")
@Produces(MediaType.APPLICATION_JSON)
public class OrderCorrectionResource {
    private final OrderCorrection correction;
    private final Orders orders;
    private final LoadForecast load;

    OrderCorrectionResource(OrderCorrection correction, Orders orders, LoadForecast load) {
        this.correction = correction;
        this.orders = orders;
        this.load = load;
    }

    /** 200 and the order as it is now; 409 while a step runs, and for the address once there is a shipment. */
    @PATCH
    @Idempotent(repeatable = true)
    @Path("/{id}")
    @Consumes("application/merge-patch+json")
    public Uni<Response> correct(@RestPath UUID id, byte[] patch,
            @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch, @Context RoutingContext request) {
        IfMatch known = new IfMatch(ifMatch);
        if (known.isAbsent()) {
            throw ProblemException.of(ProblemType.PRECONDITION_REQUIRED,
                    "Send the ETag of the order that is to be corrected as If-Match.");
        }
        return correction.correct(id, known, JsonBody.tree(patch), Requester.of(request, "api"))
                .chain(found -> found
                        ? orders.find(id)
                        : Uni.createFrom().failure(ProblemException.notFound("There is no order " + id + ".")))
                .chain(load::forecast)
                .map(order -> Response.ok(order).header(HttpHeaders.ETAG, ETags.of(order.version())).build());
    }
}
