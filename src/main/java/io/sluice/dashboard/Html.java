package io.sluice.dashboard;

import java.util.UUID;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/** Answers with pages. */
final class Html {
    static final String TYPE = MediaType.TEXT_HTML + ";charset=UTF-8";

    private Html() {}

    static Uni<RestResponse<String>> ok(TemplateInstance page, NewCookie... cookies) {
        return page(RestResponse.Status.OK, page, cookies);
    }

    static Uni<RestResponse<String>> page(RestResponse.Status status, TemplateInstance page, NewCookie... cookies) {
        // A page is true only at the moment it is made; going back must ask again.
        return page.createUni()
                .map(html -> ResponseBuilder.create(status, html)
                        .type(TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .cookie(cookies)
                        .build());
    }

    /** The id in an address; null if it is none, which is answered like one that is unknown. */
    static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
