package io.sluice.http;

import java.util.Map;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Forbids browsers to run foreign scripts in our pages, to show them in frames and to guess content types. */
class PageHeaders {

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
            + "base-uri 'self'; form-action 'self'";

    static Map<String, String> all() {
        return Map.of("Content-Security-Policy", POLICY, "X-Content-Type-Options", "nosniff");
    }

    @ServerResponseFilter
    void protect(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        if (type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE)) {
            all().forEach(response.getHeaders()::putSingle);
        }
    }
}
