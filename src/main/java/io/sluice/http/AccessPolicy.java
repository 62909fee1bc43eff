package io.sluice.http;

import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.sluice.access.AccessMode;
import io.sluice.access.Caller;
import io.sluice.access.Identities;
import io.sluice.access.OidcUsers;
import io.sluice.access.Permission;
import io.sluice.access.Route;
import io.sluice.access.Routes;
import io.sluice.access.UserHeader;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Decides for every request, before it is routed, who sends it and whether they may. What {@link Routes} does not list is
 * refused.
 */
@Singleton
class AccessPolicy implements HttpSecurityPolicy {
    private final AccessMode mode;
    private final UserHeader userHeader;
    private final RateLimit limit;
    private final ConcurrencyLimit concurrency;
    private final OidcUsers oidcUsers;
    private final LoginChallenge challenge;
    private final SessionEnd sessionEnd;
    private final ChannelScope scope;
    private final boolean viewersSeePersonalData;

    @Inject
    AccessPolicy(AccessMode mode, UserHeader userHeader, RateLimit limit,
            ConcurrencyLimit concurrency, ChannelScope scope, OidcUsers oidcUsers, LoginChallenge challenge,
            SessionEnd sessionEnd,
            @ConfigProperty(name = "sluice.auth.viewers-see-personal-data", defaultValue = "true") boolean viewersSeePersonalData) {
        this.mode = mode;
        this.userHeader = userHeader;
        this.limit = limit;
        this.concurrency = concurrency;
        this.oidcUsers = oidcUsers;
        this.challenge = challenge;
        this.sessionEnd = sessionEnd;
        this.scope = scope;
        this.viewersSeePersonalData = viewersSeePersonalData;
    }

    @Override
    public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity,
            AuthorizationRequestContext context) {
        if (mode == AccessMode.NONE) {
            return decided(request, Caller.everybody(userHeader.nameIn(request.request())), null);
        }
        Optional<Route> route = Routes.of(request.request().method().name(), request.normalizedPath());
        if (request.request().method() == HttpMethod.OPTIONS
                || route.isPresent() && route.get().permission().isEmpty()) {
            return decided(request, Caller.unknown(), null);
        }
        // The framework would answer a failure itself, with an empty body.
        request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        return identity.onItem()
                .transformToUni(known -> {
                    Caller caller = masked(callerOf(known));
                    OidcUsers.end(known).ifPresent(end -> sessionEnd.closeStream(request, end));
                    return decided(request, caller, refusal(request, route, caller))
                            .call(() -> route.isEmpty()
                                    ? Uni.createFrom().voidItem()
                                    : scope.check(caller, route.get(), request));
                })
                .onFailure(LoginFailures::isOne)
                .recoverWithUni(failed -> decided(request, Caller.unknown(), LoginFailures.problem(failed)));
    }

    private Caller callerOf(SecurityIdentity known) {
        Caller caller = Identities.callerOf(known);
        return caller.kind() == Caller.Kind.UNKNOWN ? oidcUsers.callerOf(known) : caller;
    }

    private Caller masked(Caller caller) {
        boolean onlyLooks = caller.kind() == Caller.Kind.USER && caller.may(Permission.VIEW)
                && !caller.may(Permission.OPERATE);
        return onlyLooks && !viewersSeePersonalData ? caller.without(Permission.PERSONAL) : caller;
    }

    /** Counts the request, too, whatever has been decided. */
    private Uni<CheckResult> decided(RoutingContext request, Caller caller, ProblemException refusal) {
        caller.keepIn(request);
        ProblemException first = limit.refusal(request, caller);
        if (first == null) {
            first = refusal != null ? refusal : concurrency.refusal(request, caller);
        }
        if (first != null && first.problem().status() == 401 && challenge.suits(request)) {
            return challenge.send(request)
                    .onFailure(LoginFailures::isOne)
                    .transform(LoginFailures::problem)
                    .chain(CheckResult::permit);
        }
        return first == null ? CheckResult.permit() : Uni.createFrom().failure(first);
    }

    private static ProblemException refusal(RoutingContext request, Optional<Route> route, Caller caller) {
        if (caller.kind() == Caller.Kind.UNKNOWN) {
            return ProblemException.unauthenticated("Log in, or send an API key: Authorization: Bearer <key>.");
        }
        if (route.isEmpty()) {
            return unlisted(request);
        }
        if (!caller.channels().isEmpty() && !request.normalizedPath().startsWith("/api/")) {
            return ProblemException.forbidden("Callers who are limited to channels may use the API only.");
        }
        Permission needed = route.get().permission().orElseThrow();
        return caller.may(needed)
                ? null
                : ProblemException.forbidden(
                        "This needs the permission \"%s\"; you have %s.".formatted(needed.id(), named(caller)));
    }

    private static String named(Caller caller) {
        return caller.permissions().isEmpty()
                ? "none"
                : caller.permissions().stream().sorted().map(Permission::id).collect(Collectors.joining(", "));
    }

    /** The framework answers 405 itself for methods that are not there. */
    private static ProblemException unlisted(RoutingContext request) {
        String allowed = AllowedMethods.headerFor(request.normalizedPath());
        if (allowed.isEmpty()) {
            return StatusProblems.refusal(404, request);
        }
        return AllowedMethods.has(allowed, request.request().method())
                ? ProblemException.of(ProblemType.FORBIDDEN, "This address is open to no role.")
                : null;
    }
}
