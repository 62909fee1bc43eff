package io.sluice.http;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.sluice.json.InputError;
import io.sluice.json.NearestName;

/**
 * Refuses query parameters that an operation of the API does not have, and those that are repeated but have one value. A
 * filter that is misspelt must not be answered with everything.
 */
class QueryCheck {
    private static final String API = "/api";
    private static final int MAX_NAME_SHOWN = 60;

    /** By operation: each of its parameters, and whether it may be repeated. */
    private final Map<Method, Map<String, Boolean>> parameters = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ResourceInfo resource, UriInfo uri) {
        if (!uri.getQueryParameters().isEmpty()
                && resource.getResourceClass().getAnnotation(Path.class).value().startsWith(API)) {
            check(parameters.computeIfAbsent(resource.getResourceMethod(), QueryCheck::parametersOf),
                    uri.getQueryParameters());
        }
    }

    /** @throws ProblemException 422 with all that is wrong */
    static void check(Map<String, Boolean> known, Map<String, List<String>> given) {
        List<InputError> errors = new ArrayList<>();
        given.forEach((name, values) -> {
            if (!known.containsKey(name)) {
                errors.add(InputError.inParameter(name, unknown(name, known.keySet())));
            } else if (values.size() > 1 && !known.get(name)) {
                errors.add(InputError.inParameter(name, "The parameter '" + name + "' is given more than once."));
            }
        });
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static String unknown(String name, Collection<String> known) {
        String nearest = NearestName.of(name, known);
        String shown = name.length() > MAX_NAME_SHOWN ? name.substring(0, MAX_NAME_SHOWN) + "…" : name;
        return "There is no parameter '" + shown + "' here." + (nearest == null
                ? known.isEmpty()
                        ? ""
                        : " There are: " + known.stream().sorted().collect(Collectors.joining(", ")) + "."
                : " Did you mean '" + nearest + "'?");
    }

    private static Map<String, Boolean> parametersOf(Method operation) {
        return Arrays.stream(operation.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                                .filter(field -> field.isAnnotationPresent(RestQuery.class))
                                .map(field -> Map.entry(field.getName(), isList(field.getType())))
                        : parameter.isAnnotationPresent(RestQuery.class)
                                ? Stream.of(Map.entry(parameter.getName(), isList(parameter.getType())))
                                : Stream.empty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isList(Class<?> type) {
        return Collection.class.isAssignableFrom(type);
    }
}
