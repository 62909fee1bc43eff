package io.sluice.operator;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.audit.Requester;
import io.sluice.http.JsonBody;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.idempotency.Idempotent;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.PartnerView;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Pauses and resumes partners over HTTP. Repeating either changes nothing. */
@NeedsDatabase
@Path("/api/partners/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class PartnerControlResource {
    private final PartnerTable partners;

    PartnerControlResource(PartnerTable partners) {
        this.partners = partners;
    }

    /** 200 once no worker begins another call of the partner, save those that learn of it within the second. */
    @POST
    @Idempotent
    @Path("/pause")
    @Consumes(MediaType.WILDCARD)
    public Uni<PartnerView> pause(@RestPath String name, byte[] body, @Context HttpHeaders headers,
            @Context RoutingContext request) {
        return found(name, partners.pause(name, reason(body, headers.getMediaType()), Requester.of(request, "api")));
    }

    /** 200; also if the partner was not paused. */
    @POST
    @Idempotent
    @Path("/resume")
    public Uni<PartnerView> resume(@RestPath String name, @Context RoutingContext request) {
        return found(name, partners.resume(name, Requester.of(request, "api")));
    }

    /** Some clients name a type although they send no body. */
    private static String reason(byte[] body, MediaType type) {
        if (body == null || body.length == 0) {
            return null;
        }
        if (!MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            throw new NotSupportedException();
        }
        return JsonBody.read(body, request -> {
            String reason = request.textIfAny("reason", PartnerTable.MAX_REASON);
            request.rejectOtherFields();
            request.check();
            return reason;
        });
    }

    private static Uni<PartnerView> found(String name, Uni<PartnerView> partner) {
        return partner.onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no partner " + name + "."));
    }
}
