package io.sluice.audit;

import static io.restassured.RestAssured.given;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.restassured.specification.RequestSpecification;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SeveralPartners;

/** For each route that changes something, a request that succeeds, and what the audit then says. */
final class AuditExamples {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, Supplier<Example>> byRoute = new HashMap<>();

    /**
     * @param id      what stands for the variable parts of the route's path
     * @param request the body, the query and so on
     * @param actions the entries that it leaves
     */
    record Example(List<Object> id, UnaryOperator<RequestSpecification> request, List<String> actions) {}

    AuditExamples() {
        api();
        forms();
    }

    Example of(String route) {
        return byRoute.getOrDefault(route, () -> {
            throw new AssertionError("No example for " + route);
        }).get();
    }

    private void api() {
        add("POST /api/orders/{id}/cancel", AuditExamples::waitingOrder, "order.cancel");
        add("POST /api/orders/{id}/retry", AuditExamples::failedOrder, "order.retry");
        add("POST /api/orders/{id}/erase", AuditExamples::cancelledOrder, "order.erase");
        add("PATCH /api/orders/{id}", AuditExamples::waitingOrder, patch("{\"note\": \"Ring\"}"), "order.correct");
        byRoute.put("POST /api/batches", () -> new Example(List.of(),
                json("{\"orderIds\": [\"" + waitingOrder() + "\"]}"), List.of("batch.create")));
        add("POST /api/batches/{id}/abort", AuditExamples::runningBatch, "batch.abort");
        add("POST /api/batches/{id}/retry", AuditExamples::failedBatch, "batch.retry", "order.retry");
        add("POST /api/partners/{name}/pause", () -> "dhl", "partner.pause");
        add("POST /api/partners/{name}/resume", AuditExamples::pausedPartner, "partner.resume");
        add("POST /api/imports/{marketplace}", () -> "ebay", "import.start");
        problem("POST /api/imports/{marketplace}/problems/{id}/retry", UnaryOperator.identity(), "import.retry");
        problem("DELETE /api/imports/{marketplace}/problems/{id}", UnaryOperator.identity(), "import.dismiss");
        byRoute.put("POST /api/webhooks", () -> new Example(List.of(),
                json("{\"url\": \"http://127.0.0.1:9/hook?token=1\", \"channel\": \"none\"}"),
                List.of("webhook.create")));
        add("PATCH /api/webhooks/{id}", AuditExamples::webhook, patch("{\"channel\": \"other\"}"), "webhook.change");
        add("DELETE /api/webhooks/{id}", AuditExamples::webhook, "webhook.delete");
        add("POST /api/webhooks/{id}/rotate-secret", AuditExamples::webhook, "webhook.rotate");
        add("POST /api/webhooks/{id}/test", AuditExamples::webhook, "webhook.test");
        add("POST /api/webhooks/{id}/replay", AuditExamples::webhook, json("{\"status\": \"FAILED\"}"),
                "webhook.replay");
        byRoute.put("POST /api/webhooks/{id}/deliveries/{delivery}/replay", () -> {
            String id = webhook();
            given().post("/api/webhooks/" + id + "/test").then().statusCode(202);
            Object delivery = given().get("/api/webhooks/" + id + "/deliveries").path("items[0].id");
            return new Example(List.of(id, delivery), UnaryOperator.identity(), List.of("webhook.replay"));
        });
        byRoute.put("POST /api/keys", () -> new Example(List.of(),
                json("{\"name\": \"" + UUID.randomUUID() + "\", \"role\": \"viewer\"}"), List.of("key.create")));
        add("POST /api/keys/{id}/revoke", AuditExamples::key, "key.revoke");
        byRoute.put("POST /api/persons/erase", () -> new Example(List.of(),
                json("{\"email\": \"nobody@example.org\"}"), List.of("person.erase")));
        byRoute.put("POST /api/persons/export", () -> new Example(List.of(),
                json("{\"email\": \"nobody@example.org\"}"), List.of("person.export")));
        byRoute.put("POST /api/demo/orders",
                () -> new Example(List.of(), json("{\"count\": 1}"), List.of("demo.create")));
    }

    private void forms() {
        byRoute.put("POST /dashboard/batches", () -> {
            String order = waitingOrder();
            return new Example(List.of(), form -> form.contentType(FORM).formParam("orderId", order),
                    List.of("batch.create"));
        });
        byRoute.put("POST /dashboard/matching", () -> {
            String channel = UUID.randomUUID().toString();
            Api.post(Api.order().manual().channel(channel));
            return new Example(List.of(), form -> form.contentType(FORM).queryParam("channel", channel),
                    List.of("batch.create"));
        });
        form("POST /dashboard/batches/{id}/abort", AuditExamples::runningBatch, "batch.abort");
        form("POST /dashboard/batches/{id}/retry", AuditExamples::failedBatch, "batch.retry", "order.retry");
        form("POST /dashboard/orders/{id}/retry", AuditExamples::failedOrder, "order.retry");
        form("POST /dashboard/orders/{id}/cancel", AuditExamples::waitingOrder, "order.cancel");
        form("POST /dashboard/partners/{name}/pause", () -> "dhl", "partner.pause");
        form("POST /dashboard/partners/{name}/resume", AuditExamples::pausedPartner, "partner.resume");
        form("POST /dashboard/imports/{marketplace}", () -> "ebay", "import.start");
        problem("POST /dashboard/imports/{marketplace}/problems/{id}/retry", form -> form.contentType(FORM),
                "import.retry");
        problem("POST /dashboard/imports/{marketplace}/problems/{id}/dismiss", form -> form.contentType(FORM),
                "import.dismiss");
        form("POST /dashboard/webhooks/{id}/enable", AuditExamples::webhook, "webhook.enable");
        form("POST /dashboard/webhooks/{id}/disable", AuditExamples::webhook, "webhook.disable");
        form("POST /dashboard/webhooks/{id}/replay", AuditExamples::webhook, "webhook.replay");
        form("POST /dashboard/webhooks/{id}/test", AuditExamples::webhook, "webhook.test");
        byRoute.put("POST /dashboard/keys", () -> new Example(List.of(), form -> form.contentType(FORM)
                .formParam("name", UUID.randomUUID())
                .formParam("role", "viewer"), List.of("key.create")));
        form("POST /dashboard/keys/{id}/revoke", AuditExamples::key, "key.revoke");
        byRoute.put("POST /dashboard/personal-data/erase", () -> new Example(List.of(),
                form -> form.contentType(FORM).formParam("email", "nobody@example.org"), List.of("person.erase")));
        byRoute.put("POST /dashboard/personal-data/export", () -> new Example(List.of(),
                form -> form.contentType(FORM).formParam("email", "nobody@example.org"), List.of("person.export")));
        byRoute.put("POST /dashboard/demo-orders", () -> new Example(List.of(),
                form -> form.contentType(FORM).formParam("count", 1), List.of("demo.create")));
    }

    private void add(String route, Supplier<String> subject, String... actions) {
        add(route, subject, UnaryOperator.identity(), actions);
    }

    private void add(String route, Supplier<String> subject, UnaryOperator<RequestSpecification> request,
            String... actions) {
        byRoute.put(route, () -> new Example(List.of(subject.get()), request, List.of(actions)));
    }

    private void form(String route, Supplier<String> subject, String... actions) {
        add(route, subject, form -> form.contentType(FORM), actions);
    }

    private void problem(String route, UnaryOperator<RequestSpecification> request, String action) {
        byRoute.put(route, () -> new Example(List.of("ebay", problemOfAnImport()), request, List.of(action)));
    }

    private static UnaryOperator<RequestSpecification> json(String body) {
        return request -> request.contentType("application/json").body(body);
    }

    private static UnaryOperator<RequestSpecification> patch(String body) {
        return request -> request.contentType("application/merge-patch+json").header("If-Match", "*").body(body);
    }

    private static String key() {
        return json("{\"name\": \"" + UUID.randomUUID() + "\", \"role\": \"viewer\"}").apply(given())
                .post("/api/keys")
                .path("id");
    }

    static String waitingOrder() {
        return Api.post(Api.order().manual());
    }

    private static String cancelledOrder() {
        String id = waitingOrder();
        Api.act(id, "cancel").then().statusCode(200);
        return id;
    }

    private static String failedOrder() {
        return whileTheCarrierFails(fails -> {
            String id = Api.post(Api.order());
            Api.awaitStatus(id, "FAILED");
            return id;
        });
    }

    private static String failedBatch() {
        return whileTheCarrierFails(fails -> {
            String batch = Api.batch(List.of(waitingOrder())).create();
            Api.awaitEnd(batch);
            return batch;
        });
    }

    private static String whileTheCarrierFails(Function<Void, String> work) {
        Partners.set("carrier", Map.of("failureRate", 1));
        try {
            return work.apply(null);
        } finally {
            Partners.wellBehaved();
        }
    }

    /** Its order waits for the printer. */
    private static String runningBatch() {
        given().post("/api/partners/printer/pause").then().statusCode(200);
        return Api.batch(List.of(waitingOrder())).create();
    }

    private static String pausedPartner() {
        given().post("/api/partners/dhl/pause").then().statusCode(200);
        return "dhl";
    }

    private static Object problemOfAnImport() {
        Partners.place("ebay", Api.order()
                .externalId("A-" + UUID.randomUUID())
                .channel(SeveralPartners.CHANNEL)
                .handling("manual")
                .currency("POUND")
                .json());
        given().header("Prefer", "wait=30").post("/api/imports/ebay").then().statusCode(200);
        return given().get("/api/imports/ebay/problems").path("items[0].id");
    }

    static String webhook() {
        return given().contentType("application/json")
                .body("{\"url\": \"http://127.0.0.1:9/hook\", \"channel\": \"none\"}")
                .post("/api/webhooks")
                .path("id");
    }
}
