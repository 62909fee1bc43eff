package io.sluice.webhook;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import com.github.f4b6a3.uuid.UuidCreator;

import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.idempotency.Idempotent;
import io.sluice.json.InputError;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Endpoints over HTTP. */
@NeedsDatabase
@Path("/api/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookResource {
    private final WebhookTable webhooks;
    private final WebhookControl control;
    private final Resolver resolver;

    WebhookResource(WebhookTable webhooks, WebhookControl control, Resolver resolver) {
        this.webhooks = webhooks;
        this.control = control;
        this.resolver = resolver;
    }

    /** 201; 409 if there are too many. */
    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(byte[] body, @Context RoutingContext request) {
        WebhookTable.Settings settings = WebhookReader.created(body);
        return check(settings.url())
                .chain(() -> control.create(UuidCreator.getTimeOrderedEpoch(), settings, SigningSecret.random(),
                        Requester.of(request, "api")))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.conflict("There are " + WebhookTable.MAX_WEBHOOKS
                        + " webhooks, and no more are possible. Remove one first."))
                .map(webhook -> Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, "/api/webhooks/" + webhook.id())
                        .entity(WebhookView.withSecret(webhook))
                        .build());
    }

    @GET
    public Uni<WebhookList> all() {
        return webhooks.all().map(all -> new WebhookList(all.stream().map(WebhookView::of).toList()));
    }

    /** All endpoints. */
    public record WebhookList(List<WebhookView> items) {}

    @GET
    @Path("/{id}")
    public Uni<WebhookView> webhook(@RestPath UUID id) {
        return found(id, webhooks.find(id)).map(WebhookView::of);
    }

    @PATCH
    @Idempotent
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Uni<WebhookView> change(@RestPath UUID id, byte[] body, @Context RoutingContext request) {
        WebhookTable.Change change = WebhookReader.change(body);
        Uni<Void> checked = change.url() == null ? Uni.createFrom().voidItem() : check(change.url());
        return checked.chain(() -> found(id, control.change(id, change, Requester.of(request, "api"))))
                .map(WebhookView::of);
    }

    @DELETE
    @Path("/{id}")
    public Uni<Void> delete(@RestPath UUID id, @Context RoutingContext request) {
        return found(id, control.delete(id, Requester.of(request, "api"))).replaceWithVoid();
    }

    /** 200, with the secret that is used from now on. */
    @POST
    @Idempotent
    @Path("/{id}/rotate-secret")
    @Consumes(MediaType.WILDCARD)
    public Uni<WebhookView> rotate(@RestPath UUID id, byte[] body, @Context RoutingContext request) {
        return found(id,
                control.rotate(id, SigningSecret.random(), WebhookReader.overlap(body), Requester.of(request, "api")))
                .map(WebhookView::withSecret);
    }

    /** Tells at once what would fail with every message. A host that is not known yet may be known later. */
    private Uni<Void> check(WebhookUrl url) {
        return resolver.resolve(url.host())
                .replaceWithVoid()
                .onFailure(Resolver.UnresolvedHostException.class)
                .recoverWithNull()
                .onFailure(Resolver.ForbiddenAddressException.class)
                .transform(refused -> ProblemException.invalid(List.of(InputError.at("/url", refused.getMessage()
                        + " Messages go there only with SLUICE_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES=true."))));
    }

    private static Uni<Webhook> found(UUID id, Uni<Webhook> webhook) {
        return webhook.onItem().ifNull().failWith(() -> unknown(id));
    }

    static ProblemException unknown(UUID id) {
        return ProblemException.notFound("There is no webhook " + id + ".");
    }
}
