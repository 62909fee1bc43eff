package io.sluice.http;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.netty.util.NetUtil;
import io.vertx.ext.web.RoutingContext;

/**
 * Prevents DNS rebinding: while the service is bound to a loopback address, it refuses host names of other machines.
 *
 * <p>If {@code evil.example} starts to resolve to 127.0.0.1, its page has the same origin as the dashboard for the
 * browser, and {@link CrossSiteCheck} does not notice it. But the browser still sends {@code evil.example} as the Host.
 * Addresses cannot be rebound and are allowed. For a reverse proxy on the same machine, add the public name to
 * {@code sluice.http.allowed-hosts}.
 */
@Singleton
class HostCheck implements RequestCheck {

    private final boolean onLoopback;
    private final ManagementPort management;
    private final boolean managementOnLoopback;
    private final Set<String> allowed;

    @Inject
    HostCheck(@ConfigProperty(name = "quarkus.http.host") String boundTo,
            @ConfigProperty(name = "sluice.http.allowed-hosts") Optional<List<String>> allowed,
            ManagementPort management) {
        this.onLoopback = isLoopback(boundTo);
        this.management = management;
        this.managementOnLoopback = isLoopback(management.host());
        this.allowed = allowed.orElse(List.of()).stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(toSet());
    }

    /** The names of this service, in lower case. */
    Set<String> allowed() {
        return allowed;
    }

    @Override
    public ProblemException refusal(RoutingContext request) {
        boolean reachableFromOutside = !(management.received(request) ? managementOnLoopback : onLoopback);
        if (reachableFromOutside || request.request().authority() == null
                || ours(request.request().authority().host())) {
            return null;
        }
        return ProblemException.of(ProblemType.MISDIRECTED,
                "This service is bound to a loopback address and does not answer under this name. "
                        + "Add the name to sluice.http.allowed-hosts to allow it.");
    }

    private static boolean isLoopback(String address) {
        return address.equals("localhost") || address.startsWith("127.") || address.equals("::1");
    }

    private boolean ours(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || isAddress(name) || allowed.contains(name);
    }

    private static boolean isAddress(String name) {
        return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    }
}
