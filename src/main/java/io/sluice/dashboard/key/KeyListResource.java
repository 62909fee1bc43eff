package io.sluice.dashboard.key;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.access.AccessMode;
import io.sluice.access.UserRole;
import io.sluice.apikey.ApiKeyView;
import io.sluice.apikey.ApiKeys;
import io.sluice.audit.Requester;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The page of API keys, and its forms. */
@NeedsDatabase
@Path("/")
public class KeyListResource {
    private static final String PAGE = "keys";

    private final ApiKeys keys;
    private final AccessMode mode;
    private final ObjectMapper json;

    KeyListResource(ApiKeys keys, AccessMode mode, ObjectMapper json) {
        this.keys = keys;
        this.mode = mode;
        this.json = json;
    }

    @GET
    @Path(PAGE)
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@RestCookie(Flash.COOKIE) String flash) {
        return list(null, Flash.of(flash).orElse(null), flash);
    }

    /** Shows the key in the answer: it is stored nowhere, so that no redirect could show it. */
    @POST
    @Path("dashboard/keys")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> create(@RestForm String name, @RestForm String role, @RestForm String channels,
            @RestForm String expiresAt, @Context RoutingContext request) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", name);
        wanted.put("role", role);
        List<String> listed = channels == null
                ? List.of()
                : Arrays.stream(channels.split("[,\\s]+")).filter(channel -> !channel.isBlank()).toList();
        if (!listed.isEmpty()) {
            wanted.put("channels", listed);
        }
        if (expiresAt != null && !expiresAt.isBlank()) {
            wanted.put("expiresAt", expiresAt.strip() + "T00:00:00Z");
        }
        return Uni.createFrom()
                .deferred(() -> keys.create(bytes(wanted), Requester.of(request, Html.ACTOR)))
                .chain(made -> list(made, null, null))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal -> list(null, Flash.bad(said((ProblemException) refusal)), null));
    }

    private static String said(ProblemException refusal) {
        return refusal.problem().errors().isEmpty()
                ? refusal.getMessage()
                : String.join(" ", refusal.problem()
                        .errors()
                        .stream()
                        .map(error -> Character.toUpperCase(error.pointer().charAt(1)) + error.pointer().substring(2)
                                + ": "
                                + error.detail())
                        .toList());
    }

    @POST
    @Path("dashboard/keys/{id}/revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Void>> revoke(@RestPath String id, @Context RoutingContext request) {
        return keys.revoke(id, Requester.of(request, Html.ACTOR))
                .map(key -> Flash.good("The key " + key.name() + " is revoked."))
                .onFailure(ProblemException.class)
                .recoverWithItem(problem -> Flash.bad(problem.getMessage()))
                .map(flash -> Html.redirect(PAGE, flash.cookie()));
    }

    private Uni<RestResponse<String>> list(ApiKeyView made, Flash flash, String cookie) {
        return keys.all()
                .chain(all -> Html.ok(KeyPages.keyList(all.stream().map(KeyRow::new).toList(), UserRole.values(), made,
                        mode != AccessMode.NONE, flash), Flash.clearing(cookie)));
    }

    private byte[] bytes(Map<String, Object> wanted) {
        try {
            return json.writeValueAsBytes(wanted);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
