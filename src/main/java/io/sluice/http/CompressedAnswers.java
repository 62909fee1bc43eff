package io.sluice.http;

import java.util.List;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets every answer of a type that is worth it be compressed, and tells caches that there are two forms of it (RFC 9110,
 * section 12.5.5). Quarkus does neither for answers that come from no resource.
 */
@ApplicationScoped
class CompressedAnswers {
    private static final String VARY = "Accept-Encoding";

    private final List<String> types;

    CompressedAnswers(@ConfigProperty(name = "quarkus.http.compress-media-types") List<String> types) {
        this.types = types;
    }

    void prepare(RoutingContext request) {
        request.addHeadersEndHandler(end -> mark(request.response()));
    }

    private void mark(HttpServerResponse response) {
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        boolean notModified = response.getStatusCode() == 304;
        if (!notModified && (type == null || !types.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)))) {
            return;
        }
        if (!response.headers().contains(HttpHeaders.VARY, VARY, true)) {
            response.headers().add(HttpHeaders.VARY, VARY);
        }
        // The server compresses an answer if the client takes it, unless a coding is named. Quarkus names "identity".
        if (HttpHeaders.IDENTITY.toString().equals(response.headers().get(HttpHeaders.CONTENT_ENCODING))) {
            response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        }
    }
}
