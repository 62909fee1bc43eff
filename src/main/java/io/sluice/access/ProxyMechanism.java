package io.sluice.access;

import java.net.InetSocketAddress;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
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
    private final List<IpSubnetFilterRule> trusted;

    @Inject
    ProxyMechanism(ProxyConfig config, RoleNames roles, AccessMode mode) {
        this.config = config;
        this.roles = roles;
        this.enabled = mode == AccessMode.PROXY;
        this.trusted = config.addresses().stream().map(ProxyMechanism::network).toList();
    }

    /** @throws IllegalArgumentException if the text is no address and no network */
    static IpSubnetFilterRule network(String text) {
        String[] parts = text.strip().split("/", 2);
        boolean fourth = NetUtil.isValidIpV4Address(parts[0]);
        if (!fourth && !NetUtil.isValidIpV6Address(parts[0])) {
            throw new IllegalArgumentException("SLUICE_AUTH_PROXY_ADDRESSES: \"" + text
                    + "\" is not valid (it must be an address or a network like 10.0.0.0/8)");
        }
        int all = fourth ? 32 : 128;
        int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
        return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        if (!enabled || !isTrusted(request.connection().remoteAddress())) {
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

    private boolean isTrusted(SocketAddress address) {
        if (address == null || address.hostAddress() == null || !NetUtil.isValidIpV4Address(address.hostAddress())
                && !NetUtil.isValidIpV6Address(address.hostAddress())) {
            return false;
        }
        InetSocketAddress socket = new InetSocketAddress(address.hostAddress(), address.port());
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }

    /** There is nothing that a client could do: the proxy has the login. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }
}
