package io.sluice.dashboard.login;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.sluice.access.AccessMode;
import io.sluice.dashboard.Html;
import io.sluice.http.LoginFailures;
import io.sluice.http.ProblemException;
import io.sluice.http.SessionCookies;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Where the provider sends people after their login, and where they log out. */
@Path("/")
@Produces(Html.TYPE)
public class LoginResource {
    private static final Logger LOG = Logger.getLogger(LoginResource.class);
    /** RFC 6749, section 4.1.2.1. */
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");
    private static final String METADATA = "configuration-metadata";

    private final AccessMode mode;
    private final RoutingContext request;
    private final Optional<String> publicUrl;

    @Inject
    LoginResource(AccessMode mode, RoutingContext request,
            @ConfigProperty(name = "sluice.http.public-url") Optional<String> publicUrl) {
        this.mode = mode;
        this.request = request;
        this.publicUrl = publicUrl;
    }

    /** Completes a login. Never begins another one by itself: that could go on for ever. */
    @GET
    @Path("login")
    public Uni<? extends RestResponse<?>> login(@QueryParam("error") String error) {
        requireLogin();
        if (error != null) {
            String code = ERROR_CODE.matcher(error).matches() ? error : "unknown error";
            LOG.infof("Login refused by the provider: %s", code);
            return failed("The login provider refused the login (%s). Try again, or ask its administrator."
                    .formatted(code));
        }
        return identity().onItem()
                .<RestResponse<?>>transformToUni(known -> known == null || known.isAnonymous()
                        ? failed("The login took too long, or this browser keeps no cookies for this site. Cookies need"
                                + " HTTPS, or an address of this machine.")
                        : Uni.createFrom().item(Html.redirect("/")))
                .onFailure(AuthenticationRedirectException.class)
                .recoverWithItem(done -> Html.redirect(page((AuthenticationRedirectException) done)))
                .onFailure(LoginFailures::isOne)
                .recoverWithUni(this::failed);
    }

    /** Ends the session here and, if the provider offers it, there (OpenID Connect RP-Initiated Logout 1.0). */
    @POST
    @Path("logout")
    public Uni<RestResponse<String>> logout() {
        requireLogin();
        return identity().onFailure(LoginFailures::isOne).recoverWithNull().chain(known -> {
            SessionCookies.remove(request, SessionCookies.SESSION);
            return loggedOut().invoke(page -> providerLogout(known)
                    // Not a redirect: browsers follow those of a form only to this site (CSP form-action).
                    .ifPresent(url -> page.getHeaders().putSingle("Refresh", "0;url=" + url)));
        });
    }

    /** Where the provider sends people after their logout. */
    @GET
    @Path("logged-out")
    public Uni<RestResponse<String>> loggedOut() {
        requireLogin();
        return Html.ok(LoginPages.login("You are logged out", "Close the browser if others use it, too.", "Log in"));
    }

    private Optional<String> providerLogout(SecurityIdentity known) {
        IdTokenCredential token = known == null ? null : known.getCredential(IdTokenCredential.class);
        OidcConfigurationMetadata provider = known == null ? null : known.getAttribute(METADATA);
        if (token == null || provider == null || provider.getEndSessionUri() == null) {
            return Optional.empty();
        }
        String here = publicUrl.orElseGet(() -> request.request().scheme() + "://" + request.request().authority());
        return Optional.of(provider.getEndSessionUri() + "?id_token_hint=" + token.getToken()
                + "&post_logout_redirect_uri="
                + URLEncoder.encode(here + "/logged-out", StandardCharsets.UTF_8));
    }

    private Uni<SecurityIdentity> identity() {
        return QuarkusHttpUser.getSecurityIdentity(request, null);
    }

    /** The page that was asked for before the login, on this site whatever the address says. */
    private static String page(AuthenticationRedirectException done) {
        URI asked = URI.create(done.getRedirectUri());
        String path = asked.getRawPath().replaceFirst("^/*", "/");
        return asked.getRawQuery() == null ? path : path + "?" + asked.getRawQuery();
    }

    private Uni<RestResponse<String>> failed(Throwable failure) {
        ProblemException problem = LoginFailures.problem(failure);
        LOG.infof("Login failed: %s", problem.getMessage());
        return Html.page(RestResponse.Status.fromStatusCode(problem.problem().status()),
                LoginPages.login("The login failed", problem.getMessage(), "Try again"));
    }

    private Uni<RestResponse<String>> failed(String detail) {
        return Html.page(RestResponse.Status.UNAUTHORIZED, LoginPages.login("The login failed", detail, "Try again"));
    }

    private void requireLogin() {
        if (mode != AccessMode.OIDC) {
            throw ProblemException.notFound("There is nothing at this path.");
        }
    }
}
