package io.sluice.http;

import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The sites whose pages may use this service (CORS): {@code quarkus.http.cors.origins}; none by default. */
@ApplicationScoped
class CorsOrigins {
    private static final String ORIGIN = "Origin";

    private final Set<String> origins;

    CorsOrigins(@ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean enabled,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<Set<String>> origins) {
        this.origins = enabled ? origins.orElse(Set.of()) : Set.of();
    }

    /** Whether the site with this {@code Origin}, or null, is one of them. */
    boolean allow(String origin) {
        return origin != null && origins.contains(origin);
    }

    /**
     * Tells caches that answers differ by site, once any site may use this service (Fetch standard, "CORS protocol and
     * HTTP caches").
     */
    void vary(RoutingContext request) {
        if (!origins.isEmpty()) {
            request.addHeadersEndHandler(end -> {
                MultiMap headers = request.response().headers();
                if (!headers.contains(HttpHeaders.VARY, ORIGIN, true)) {
                    headers.add(HttpHeaders.VARY, ORIGIN);
                }
            });
        }
    }

    /** Whether a browser asks what a page of such a site may do. The framework answers then. */
    boolean asks(HttpServerRequest request) {
        return allow(request.getHeader(ORIGIN)) && request.headers().contains("Access-Control-Request-Method");
    }
}
