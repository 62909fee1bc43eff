package io.sluice.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Believes a reverse proxy which users it lets through ({@code sluice.auth=proxy}). Only proxies at trusted addresses are
 * believed; the address is the one of the connection, whatever {@code X-Forwarded-For} says.
 */
@Singleton
class ProxyMechanism implements HttpAuthenticationMechanism {
    private final ProxyConfig config;
    private final RoleNames roles;
    private final boolean enabled;
    private final Networks trusted;

    @Inject
    ProxyMechanism(ProxyConfig config, RoleNames roles, AccessMode mode) {
        this.config = config;
        this.roles = roles;
        this.enabled = mode == AccessMode.PROXY;
        this.trusted = Networks.of(config.addresses());
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        if (!enabled || !trusted.contain(request.connection().remoteAddress())) {
            return Uni.createFrom().nullItem();
        }
        String name = ProxyField.name(request, config.userHeader());
        if (name.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .item(Identities.of(Caller.user(name,
                        roles.of(RoleNames.parts(ProxyField.text(request, config.rolesHeader()))),
                        RoleNames.parts(ProxyField.text(request, config.channelsHeader())))));
    }

    /** There is nothing that a client could do: the proxy has the login. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }
}
