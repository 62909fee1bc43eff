package io.sluice.dashboard;

import java.net.URI;
import java.util.UUID;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/** HTML responses. */
public final class Html {
    public static final String TYPE = MediaType.TEXT_HTML + ";charset=UTF-8";
    /** Recorded as who did something if the request names no user. */
    public static final String ACTOR = "dashboard";

    private static final URI ROOT = URI.create("/");

    private Html() {}

    public static Uni<RestResponse<String>> ok(TemplateInstance page, NewCookie... cookies) {
        return page(RestResponse.Status.OK, page, cookies);
    }

    public static Uni<RestResponse<String>> page(RestResponse.Status status, TemplateInstance page,
            NewCookie... cookies) {
        // Pages are never cached: going back must show the current state.
        return page.createUni()
                .map(html -> ResponseBuilder.create(status, html)
                        .type(TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .cookie(cookies)
                        .build());
    }

    /**
     * Redirects to a page (303). The address has neither scheme nor host: a proxy may show other ones than this service
     * sees.
     *
     * @param href relative to the base address of all pages
     */
    public static RestResponse<Void> redirect(String href, NewCookie... cookies) {
        return ResponseBuilder.<Void>create(RestResponse.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, ROOT.resolve(href).toString())
                .cookie(cookies)
                .build();
    }

    /** Parses an id in a URL. Returns null if it is malformed; callers treat it as unknown. */
    public static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
