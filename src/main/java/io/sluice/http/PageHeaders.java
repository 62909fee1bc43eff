package io.sluice.http;

import java.util.Map;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Forbids browsers to run foreign or inline scripts in our pages, to show them in frames, to guess content types, to tell
 * other sites which of our pages a link was followed from, and to let a page use the machine's devices.
 */
final class PageHeaders {
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
            + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
    /** Swagger UI is not ours: its page has a script and styles in it. */
    private static final String FOREIGN_PAGE = "/q/swagger-ui";
    private static final String FOREIGN_POLICY = POLICY.replace("default-src 'self'",
            "default-src 'self' 'unsafe-inline'");

    /** With {@code no-referrer} instead of {@code same-origin}, browsers would send our forms with {@code Origin: null}. */
    private static final Map<String, String> HEADERS = Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy",
            "same-origin", "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private PageHeaders() {}

    /** Adds them to the answer if it turns out to be a page, whoever makes it. */
    static void prepare(RoutingContext request) {
        request.addHeadersEndHandler(ready -> {
            var headers = request.response().headers();
            String type = headers.get(HttpHeaders.CONTENT_TYPE);
            if (type != null && type.startsWith("text/html")) {
                HEADERS.forEach(headers::set);
                headers.set("Content-Security-Policy",
                        request.normalizedPath().startsWith(FOREIGN_PAGE) ? FOREIGN_POLICY : POLICY);
            }
        });
    }
}
