package io.sluice.http;

import static java.util.stream.Collectors.toSet;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.netty.util.NetUtil;
import io.vertx.ext.web.RoutingContext;

/**
 * Prevents DNS rebinding: refuses host names that could be other machines'.
 *
 * <p>If {@code evil.example} starts to resolve to this machine's address, its page has the same origin as the dashboard for
 * the browser, and {@link CrossSiteCheck} does not notice it. But the browser still sends {@code evil.example} as the Host.
 * Addresses cannot be rebound, and names that the public DNS does not have cannot either: those are allowed. All others
 * must be listed in {@code sluice.http.allowed-hosts}, for example the public name of a reverse proxy, or be that of
 * {@code sluice.http.public-url}.
 */
@Singleton
class HostCheck implements RequestCheck {
    /** Of RFC 6761, RFC 6762, ICANN's name for private use, and Kubernetes. */
    private static final List<String> PRIVATE = List.of(".localhost", ".local", ".internal", ".svc");

    private final Set<String> allowed;

    @Inject
    HostCheck(@ConfigProperty(name = "sluice.http.allowed-hosts") Optional<List<String>> allowed,
            @ConfigProperty(name = "sluice.http.public-url") Optional<URI> publicUrl) {
        this.allowed = Stream.concat(allowed.orElse(List.of()).stream(), publicUrl.map(URI::getHost).stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(toSet());
    }

    /** The names of this service, in lower case. */
    Set<String> allowed() {
        return allowed;
    }

    @Override
    public ProblemException refusal(RoutingContext request) {
        if (request.request().headers().getAll("Host").size() > 1) {
            return ProblemException.of(ProblemType.MALFORMED,
                    "The request has more than one Host (RFC 9112, section 3.2).");
        }
        if (request.request().authority() == null || ours(request.request().authority().host())) {
            return null;
        }
        return ProblemException.of(ProblemType.MISDIRECTED,
                "This service does not answer under this name. "
                        + "Add the name to sluice.http.allowed-hosts (SLUICE_HTTP_ALLOWED_HOSTS) to allow it.");
    }

    private boolean ours(String host) {
        // A name may end in the dot of the root.
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return name.indexOf('.') < 0 || isAddress(name) || allowed.contains(name)
                || PRIVATE.stream().anyMatch(name::endsWith);
    }

    private static boolean isAddress(String name) {
        return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    }
}
