package io.sluice.http;

import java.net.URI;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses changes asked for by another site's page (cross-site request forgery).
 * <p>
 * The dashboard has no login: whoever reaches it may use it. A browser reaches whatever its machine reaches, loopback
 * addresses included, so any page that the operator happens to visit could post a form here. Browsers say where a request
 * comes from, in {@code Sec-Fetch-Site} and {@code Origin}; programs send neither and are not affected.
 */
class CrossSiteCheck implements RequestCheck {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    public ProblemException refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (SAFE_METHODS.contains(request.method().name()) || sameSite(request)) {
            return null;
        }
        return ProblemException.of(ProblemType.CROSS_SITE,
                "Only pages of this service itself may send changes from a browser.");
    }

    private static boolean sameSite(HttpServerRequest request) {
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return false;
        }
        String origin = request.getHeader("Origin");
        return origin == null || authority(origin).equalsIgnoreCase(host(request));
    }

    /** The host and port of an origin; empty for the opaque origin {@code null} and for nonsense. */
    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The Host field as it was sent; HTTP/2 has {@code :authority} instead. */
    private static String host(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host != null || request.authority() == null ? host : request.authority().toString();
    }
}
