package io.sluice.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.vertx.core.http.HttpMethod;

/**
 * The methods that a path supports. RFC 9110, section 15.5.6, requires them in every 405, but RESTEasy Reactive leaves
 * them out. Its answer to OPTIONS lists the methods of the whole resource class. So this class reads the routing
 * tables.
 */
final class AllowedMethods {

    private AllowedMethods() {}

    /** For the {@code Allow} header, in alphabetical order; empty if no resource is at {@code path}. */
    static String headerFor(String path) {
        // Of {@code orders/bulk} and {@code orders/{id}}, only the first is meant by this path.
        SortedMap<Integer, Set<String>> byParameters = new TreeMap<>();
        Deployment deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        for (RequestPath<InitialMatch> resourceClass : deployment.getClassMappers()) {
            // One class at a time: a mapper of all classes returns its best match only.
            var match = new RequestMapper<>(new ArrayList<>(List.of(resourceClass))).map(path);
            if (match != null) {
                addMethods(match, byParameters);
            }
        }
        if (byParameters.isEmpty()) {
            return "";
        }
        Set<String> methods = byParameters.get(byParameters.firstKey());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    /** Whether {@code header}, which is of {@link #headerFor}, names the method. */
    static boolean has(String header, HttpMethod method) {
        return List.of(header.split(", ")).contains(method.name());
    }

    private static void addMethods(RequestMapper.RequestMatch<InitialMatch> match,
            SortedMap<Integer, Set<String>> byParameters) {
        String remaining = match.remaining.isEmpty() ? "/" : match.remaining;
        for (ServerRestHandler handler : match.value.handlers) {
            if (handler instanceof ClassRoutingHandler routes) {
                for (Map.Entry<String, RequestMapper<RuntimeResource>> route : routes.getMappers().entrySet()) {
                    var method = route.getKey() == null ? null : route.getValue().map(remaining);
                    if (method != null) {
                        byParameters.computeIfAbsent(parameters(match) + parameters(method), none -> new TreeSet<>())
                                .add(route.getKey());
                    }
                }
            }
        }
    }

    private static int parameters(RequestMapper.RequestMatch<?> match) {
        return (int) Arrays.stream(match.pathParamValues).filter(Objects::nonNull).count();
    }
}
