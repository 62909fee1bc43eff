package io.sluice.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What every address of the service asks for. What is not listed is refused. {@code docs/security.md} has the same table
 * for people.
 */
public final class Routes {
    private static final List<Route> ALL = """
            public      GET     /q/health/**
            public      GET     /q/openapi
            public      GET     /q/asyncapi
            public      GET     /q/swagger-ui/**
            public      GET     /problems
            public      GET     /problems/{id}
            public      GET     /dashboard/*.css
            public      GET     /dashboard/*.js
            public      GET     /dashboard/*.svg
            public      GET     /dashboard/orders.csv
            public      GET     /login
            public      POST    /logout
            public      GET     /logged-out
            view        GET     /q/metrics

            read        GET     /api/orders
            read        GET     /api/orders/{id}
            read        GET     /api/orders/{id}/history
            read        GET     /api/orders/{id}/events
            personal    GET     /api/orders/{id}/packing-slip.pdf
            read        GET     /api/events
            submit      POST    /api/orders
            submit      POST    /api/orders/bulk
            submit      POST    /api/orders/csv
            cancel      POST    /api/orders/{id}/cancel
            operate     PATCH   /api/orders/{id}
            operate     POST    /api/orders/{id}/retry
            administer  POST    /api/orders/{id}/erase
            administer  POST    /api/persons/erase
            administer  POST    /api/persons/export
            view        GET     /api/batches
            view        GET     /api/batches/{id}
            view        GET     /api/batches/{id}/items
            personal    GET     /api/batches/{id}/packing-slips.pdf
            view        POST    /api/batches/preview
            operate     POST    /api/batches
            operate     POST    /api/batches/{id}/abort
            operate     POST    /api/batches/{id}/retry
            view        GET     /api/partners
            operate     POST    /api/partners/{name}/pause
            operate     POST    /api/partners/{name}/resume
            view        GET     /api/workers
            view        GET     /api/load
            view        GET     /api/imports
            view        GET     /api/imports/{marketplace}
            view        GET     /api/imports/{marketplace}/problems
            operate     POST    /api/imports/{marketplace}
            operate     POST    /api/imports/{marketplace}/problems/{id}/retry
            operate     DELETE  /api/imports/{marketplace}/problems/{id}
            administer  GET     /api/webhooks
            administer  POST    /api/webhooks
            administer  GET     /api/webhooks/{id}
            administer  PATCH   /api/webhooks/{id}
            administer  DELETE  /api/webhooks/{id}
            administer  POST    /api/webhooks/{id}/rotate-secret
            administer  POST    /api/webhooks/{id}/test
            administer  GET     /api/webhooks/{id}/deliveries
            administer  POST    /api/webhooks/{id}/deliveries/{delivery}/replay
            administer  POST    /api/webhooks/{id}/replay
            administer  GET     /api/keys
            administer  POST    /api/keys
            administer  GET     /api/keys/{id}
            administer  POST    /api/keys/{id}/revoke
            administer  POST    /api/demo/orders
            administer  GET     /api/audit
            administer  GET     /api/audit.csv
            administer  GET     /api/audit.ndjson

            view        GET     /
            view        GET     /dashboard/table
            view        GET     /dashboard/rows
            view        GET     /dashboard/events
            view        GET     /orders/{id}
            view        GET     /dashboard/orders/{id}
            view        GET     /dashboard/matching
            operate     POST    /dashboard/matching
            view        GET     /batches/preview
            view        GET     /batches
            view        GET     /batches/{id}
            view        GET     /dashboard/batches
            view        GET     /dashboard/batches/{id}
            view        GET     /partners
            view        GET     /dashboard/partners
            view        GET     /workers
            view        GET     /dashboard/workers
            view        GET     /imports
            operate     POST    /dashboard/batches
            operate     POST    /dashboard/batches/{id}/abort
            operate     POST    /dashboard/batches/{id}/retry
            operate     POST    /dashboard/orders/{id}/retry
            cancel      POST    /dashboard/orders/{id}/cancel
            operate     POST    /dashboard/partners/{name}/pause
            operate     POST    /dashboard/partners/{name}/resume
            operate     POST    /dashboard/imports/{marketplace}
            operate     POST    /dashboard/imports/{marketplace}/problems/{id}/retry
            operate     POST    /dashboard/imports/{marketplace}/problems/{id}/dismiss
            submit      GET     /import-file
            submit      POST    /dashboard/import-file/preview
            submit      POST    /dashboard/import-file/problems
            submit      POST    /dashboard/import-file
            administer  GET     /personal-data
            administer  POST    /dashboard/personal-data
            administer  POST    /dashboard/personal-data/export
            administer  POST    /dashboard/personal-data/erase
            administer  GET     /webhooks
            administer  GET     /webhooks/{id}
            administer  POST    /dashboard/webhooks/{id}/enable
            administer  POST    /dashboard/webhooks/{id}/disable
            administer  POST    /dashboard/webhooks/{id}/replay
            administer  POST    /dashboard/webhooks/{id}/test
            administer  GET     /keys
            administer  POST    /dashboard/keys
            administer  POST    /dashboard/keys/{id}/revoke
            administer  POST    /dashboard/demo-orders
            administer  GET     /audit
            """.lines().filter(line -> !line.isBlank()).map(Route::of).toList();

    /** By method. Addresses are few, so they are looked through; an exact one comes before one with a {@code {part}}. */
    private static final Map<String, List<Entry>> BY_METHOD = ALL.stream()
            .map(route -> new Entry(route, route.pattern()))
            .collect(Collectors.groupingBy(entry -> entry.route().method()));

    private Routes() {}

    /** All routes, in the order in which people read them. */
    public static List<Route> all() {
        return ALL;
    }

    /**
     * The route of a request; of several, the one with the fewest variable parts.
     *
     * @param path normalized, without the prefix of a proxy
     */
    public static Optional<Route> of(String method, String path) {
        String same = method.equals("HEAD") ? "GET" : method;
        Entry found = null;
        for (Entry entry : BY_METHOD.getOrDefault(same, List.of())) {
            if (entry.pattern().matcher(path).matches() && (found == null || entry.variables() < found.variables())) {
                found = entry;
            }
        }
        return Optional.ofNullable(found).map(Entry::route);
    }

    private record Entry(Route route, Pattern pattern, int variables) {

        Entry(Route route, Pattern pattern) {
            this(route, pattern, (int) route.path().chars().filter(c -> c == '{' || c == '*').count());
        }
    }
}
