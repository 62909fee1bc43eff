package io.sluice.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.sluice.access.AccessMode;
import io.sluice.access.OidcConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Sends people who open a page to the login provider. Scripts and programs get a 401 instead, which they can handle. */
@Singleton
class LoginChallenge {
    /** Each login underway has a cookie of about 700 characters; {@link HeadSizeCheck} sets the limit. */
    private static final int MAX_UNDERWAY = 6;

    private final boolean enabled;
    private final OidcAuthenticationMechanism oidc;
    private final OidcConfig config;

    @Inject
    LoginChallenge(AccessMode mode, OidcAuthenticationMechanism oidc, OidcConfig config) {
        this.enabled = mode == AccessMode.OIDC;
        this.oidc = oidc;
        this.config = config;
    }

    /** Whether a browser opens a page with this request. Parts of pages are below {@code /dashboard/}. */
    boolean suits(RoutingContext request) {
        String mode = request.request().getHeader("Sec-Fetch-Mode");
        return enabled && request.request().method() == HttpMethod.GET && ProblemPage.isWanted(request)
                && (mode == null || mode.equals("navigate"))
                && request.request().getHeader(HttpHeaders.AUTHORIZATION) == null
                && !request.normalizedPath().startsWith("/dashboard/");
    }

    /** Answers with a redirect to the provider. */
    Uni<Void> send(RoutingContext request) {
        if (request.request().cookies().stream().filter(LoginChallenge::isLogin).count() >= MAX_UNDERWAY) {
            SessionCookies.remove(request, SessionCookies.LOGIN);
        }
        return oidc.getChallenge(request).invoke(challenge -> redirect(request, challenge)).replaceWithVoid();
    }

    private static boolean isLogin(Cookie cookie) {
        return cookie.getName().startsWith(SessionCookies.LOGIN);
    }

    private void redirect(RoutingContext request, ChallengeData challenge) {
        if (challenge.status != HttpResponseStatus.FOUND.code()) {
            throw ProblemException.unauthenticated(
                    "The login did not complete. Allow cookies for this site; it needs HTTPS, or an address of this machine.");
        }
        request.response()
                .setStatusCode(challenge.status)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // OpenID Connect Core 1.0, section 3.1.2.1
                .putHeader(HttpHeaders.LOCATION,
                        challenge.getHeaders().get(HttpHeaders.LOCATION) + "&max_age=" + config.maxAge().toSeconds())
                .end();
    }
}
