package io.sluice.http;

import java.net.URI;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The port of health and metrics, if they have one of their own ({@code sluice.management.port}): a second server with
 * the same router. {@code docs/decisions/0029} says why it is not the one of Quarkus.
 */
@Singleton
public class ManagementPort implements RequestCheck {
    private final Vertx vertx;
    private final Optional<Integer> port;
    private final String host;
    private Router router;
    private volatile HttpServer server;

    @Inject
    ManagementPort(Vertx vertx, @ConfigProperty(name = "sluice.management.port") Optional<Integer> port,
            @ConfigProperty(name = "sluice.management.host", defaultValue = "127.0.0.1") String host) {
        this.vertx = vertx;
        this.port = port;
        this.host = host;
    }

    void register(@Observes Router all) {
        router = all;
    }

    /**
     * Opens the port, if it is configured, and waits until it is open. It stays open as long as the application runs.
     *
     * @return its URL
     */
    public Optional<URI> open() {
        if (port.isEmpty()) {
            return Optional.empty();
        }
        server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port.get()))
                .requestHandler(router);
        server.listen().toCompletionStage().toCompletableFuture().join();
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + server.actualPort();
        return Optional.of(URI.create("http://" + authority));
    }

    void close(@Observes ShutdownEvent event) {
        if (server != null) {
            server.close();
        }
    }

    /** Whether the request came in at this port. */
    boolean received(RoutingContext request) {
        HttpServer open = server;
        return open != null && request.request().localAddress().port() == open.actualPort();
    }

    /** Each port refuses what the other one serves. */
    @Override
    public ProblemException refusal(RoutingContext request) {
        boolean here = received(request);
        if (port.isEmpty() || here == isManagement(request.normalizedPath())) {
            return null;
        }
        return ProblemException.notFound(here
                ? "This port serves health and metrics only."
                : "Health and metrics have a port of their own.");
    }

    private static boolean isManagement(String path) {
        return path.equals("/q/health") || path.startsWith("/q/health/")
                || path.equals("/q/metrics") || path.startsWith("/q/metrics/");
    }
}
