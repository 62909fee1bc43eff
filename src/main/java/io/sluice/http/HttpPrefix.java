package io.sluice.http;

import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;

/**
 * The path under which a reverse proxy shows this service, {@code sluice.http.prefix}; empty for the root. The proxy
 * may remove it from its requests or leave it in. Pages have it as their base address, to which all their links are
 * relative.
 */
@Singleton
@Named("prefix")
public class HttpPrefix {
    /** Unreserved characters (RFC 3986) only, so that no place has to encode them. */
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");

    private final String prefix;

    HttpPrefix(@ConfigProperty(name = "sluice.http.prefix") Optional<String> prefix) {
        String path = prefix.orElse("").strip();
        if (!PREFIX.matcher(path).matches()) {
            throw new IllegalArgumentException("SLUICE_HTTP_PREFIX: must be a path like /sluice, not '" + path + "'");
        }
        this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Stops the start if the key makes no sense. */
    void start(@Observes StartupEvent event) {}

    /** The address that the links of a page are relative to; ends with a slash. */
    public String base() {
        return prefix + "/";
    }

    /** Adds the prefix to an address that starts with a slash. */
    @ServerResponseFilter
    public void complete(ContainerResponseContext response) {
        Object location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
        if (!prefix.isEmpty() && location != null && location.toString().startsWith("/")) {
            response.getHeaders().putSingle(HttpHeaders.LOCATION, prefix + location);
        }
    }

    /** Starts the request anew without the prefix, if it has one. */
    boolean reroutes(RoutingContext request) {
        String uri = request.request().uri();
        if (prefix.isEmpty()
                || !request.request().path().startsWith(base()) && !request.request().path().equals(prefix)) {
            return false;
        }
        String rest = uri.substring(prefix.length());
        request.reroute(request.request().method(), rest.startsWith("/") ? rest : "/" + rest);
        return true;
    }
}
