package io.sluice.apikey;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.sluice.access.AccessMode;
import io.sluice.access.Identities;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code Authorization: Bearer sluice_…} (RFC 6750). A request that lasts, a stream of events for example, is cut off when
 * its key becomes invalid meanwhile.
 */
@Singleton
class ApiKeyMechanism implements HttpAuthenticationMechanism {
    /** Before OpenID Connect, which knows other bearer tokens. */
    private static final int PRIORITY = 2000;
    private static final String SCHEME = "Bearer ";

    private final KnownKeys keys;
    private final Vertx vertx;
    private final boolean enabled;
    private final Map<RoutingContext, String> underway = new ConcurrentHashMap<>();
    private final AtomicBoolean watching = new AtomicBoolean();

    @Inject
    ApiKeyMechanism(KnownKeys keys, Vertx vertx, AccessMode mode) {
        this.keys = keys;
        this.vertx = vertx;
        this.enabled = mode != AccessMode.NONE;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String field = request.request().getHeader("Authorization");
        if (!enabled || field == null || !field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || !field.substring(SCHEME.length()).strip().startsWith(KeyText.PREFIX)) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .deferred(() -> keys.authenticate(field.substring(SCHEME.length()).strip()))
                .map(key -> {
                    watch(request, key.id());
                    return Identities.of(key.caller());
                });
    }

    private void watch(RoutingContext request, String id) {
        underway.put(request, id);
        request.addEndHandler(ended -> underway.remove(request));
        watchSoon();
    }

    private void watchSoon() {
        if (watching.compareAndSet(false, true)) {
            vertx.setTimer(KnownKeys.FRESH.toMillis(), timer -> cutOff());
        }
    }

    /** Asks about keys of requests that are still underway, and only as long as there are any. */
    private void cutOff() {
        underway.forEach((request, id) -> Uni.createFrom()
                .deferred(() -> keys.check(id))
                .subscribe()
                .with(valid -> {
                }, failure -> {
                    if (failure instanceof AuthenticationFailedException) {
                        request.request().connection().close();
                    }
                }));
        watching.set(false);
        if (!underway.isEmpty()) {
            watchSoon();
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem(); // io.sluice.http answers
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
