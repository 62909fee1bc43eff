package io.sluice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.sluice.access.AccessMode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.ext.web.RoutingContext;

/**
 * Where people log in, gives this service's cookies the prefix {@code __Host-} (RFC 6265bis, section 4.1.3), which the
 * framework cannot. Browsers take such a cookie from this host only, over TLS (or from a loopback address), so that no
 * page of a neighbouring subdomain can set one. A cookie without the prefix is not ours and is ignored.
 */
@Singleton
public class SessionCookies {
    /** Of the framework: the session, which may be cut into several cookies. */
    public static final String SESSION = "q_session";
    /** Of the framework: one for each login underway. */
    public static final String LOGIN = "q_auth";
    private static final String PREFIX = "__Host-";
    private static final String MESSAGE = "sluice-flash";

    private final boolean enabled;

    @Inject
    SessionCookies(AccessMode mode) {
        this.enabled = mode == AccessMode.OIDC;
    }

    void prepare(RoutingContext request) {
        if (enabled) {
            read(request.request().headers());
            request.addHeadersEndHandler(ready -> write(request));
        }
    }

    /** Removes the cookies of one kind from the browser. */
    public static void remove(RoutingContext request, String kind) {
        List.copyOf(request.request().cookies())
                .stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(kind))
                .forEach(request.response()::removeCookie);
    }

    private static void read(MultiMap headers) {
        List<String> kept = headers.getAll(HttpHeaders.COOKIE)
                .stream()
                .flatMap(field -> Stream.of(field.split(";")))
                .map(String::strip)
                .filter(cookie -> !isOurs(cookie))
                .map(cookie -> isOurs(withoutPrefix(cookie)) ? withoutPrefix(cookie) : cookie)
                .toList();
        headers.remove(HttpHeaders.COOKIE);
        if (!kept.isEmpty()) {
            headers.set(HttpHeaders.COOKIE, String.join("; ", kept));
        }
    }

    private static void write(RoutingContext request) {
        MultiMap headers = request.response().headers();
        List<String> fields = new ArrayList<>(headers.getAll(HttpHeaders.SET_COOKIE));
        for (Cookie cookie : List.copyOf(request.request().cookies())) {
            if (cookie instanceof ServerCookie server && server.isChanged() && isOurs(cookie.getName())) {
                request.response().removeCookie(cookie.getName(), false);
                fields.add(cookie.setPath("/").setSecure(false).encode());
            }
        }
        headers.remove(HttpHeaders.SET_COOKIE);
        fields.forEach(field -> headers.add(HttpHeaders.SET_COOKIE,
                isOurs(field) ? PREFIX + field + "; Secure" : field));
    }

    private static boolean isOurs(String cookie) {
        return cookie.startsWith("q_") || cookie.startsWith(MESSAGE);
    }

    private static String withoutPrefix(String cookie) {
        return cookie.startsWith(PREFIX) ? cookie.substring(PREFIX.length()) : "";
    }
}
