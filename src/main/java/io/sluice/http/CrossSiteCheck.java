package io.sluice.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses changes that another site's page sends (cross-site request forgery).
 *
 * <p>A browser can reach every address that its machine can reach, loopback included, and sends the cookie of a login
 * with requests of neighbouring subdomains, too. So any page that an operator visits could post a form here. Browsers say in {@code Sec-Fetch-Site} (W3C Fetch Metadata)
 * whether a request comes from the same origin, whatever host a proxy passes on. Those that do not, because they are
 * old or the page is plain HTTP, name the origin in {@code Origin} (RFC 6454). Other clients send neither and are not
 * affected.
 */
class CrossSiteCheck implements RequestCheck {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Set<String> allowedHosts;
    private final CorsOrigins cors;

    /**
     * @param allowedHosts names of this service, for proxies that do not pass the Host on
     * @param cors         other sites that may send changes
     */
    CrossSiteCheck(Set<String> allowedHosts, CorsOrigins cors) {
        this.allowedHosts = allowedHosts;
        this.cors = cors;
    }

    @Override
    public ProblemException refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (SAFE_METHODS.contains(request.method().name()) || cors.allow(request.getHeader("Origin"))
                || ours(request.getHeader("Sec-Fetch-Site"), request.getHeader("Origin"), host(request))) {
            return null;
        }
        return ProblemException.of(ProblemType.CROSS_SITE,
                "A page of another site sent this change. Use the pages of this service. If a proxy stands before it, "
                        + "have the proxy pass the Host on, or add the public name to sluice.http.allowed-hosts.");
    }

    /**
     * Whether a page of this service, or no page at all, sent the request.
     *
     * @param site   the Sec-Fetch-Site field, or null
     * @param origin the Origin field, or null
     * @param host   the Host field, or null
     */
    boolean ours(String site, String origin, String host) {
        if ("same-origin".equals(site) || "none".equals(site)) {
            return true;
        }
        if ("cross-site".equals(site) || "same-site".equals(site)) {
            return false; // "same-site" is another subdomain, scheme or port
        }
        return origin == null || isOurs(origin, host);
    }

    private boolean isOurs(String origin, String host) {
        try {
            URI page = new URI(origin);
            URI here = new URI(page.getScheme() + "://" + host);
            return page.getHost() != null && (allowedHosts.contains(page.getHost().toLowerCase(Locale.ROOT))
                    || page.getHost().equalsIgnoreCase(here.getHost()) && port(page) == port(here));
        } catch (URISyntaxException notAnOrigin) {
            return false; // "null", for example: the page hides where it comes from
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** The Host field; HTTP/2 has {@code :authority} instead. */
    private static String host(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host != null || request.authority() == null ? host : request.authority().toString();
    }
}
