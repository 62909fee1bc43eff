package io.sluice.http;

import java.net.URI;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses changes that another site's page sends (cross-site request forgery).
 *
 * <p>The dashboard has no login. A browser can reach every address that its machine can reach, loopback included, so any
 * page that an operator visits could post a form here. Browsers name the origin of a request in {@code Sec-Fetch-Site}
 * and {@code Origin}. Other clients send neither and are not affected.
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
                "A page of another site sent this change. Use the pages of this service.");
    }

    private static boolean sameSite(HttpServerRequest request) {
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return false;
        }
        String origin = request.getHeader("Origin");
        return origin == null || authority(origin).equalsIgnoreCase(host(request));
    }

    /** The host and port of an origin; empty if there are none, as in the opaque origin {@code null}. */
    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The Host field; HTTP/2 has {@code :authority} instead. */
    private static String host(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host != null || request.authority() == null ? host : request.authority().toString();
    }
}
