package io.sluice.http;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.http.ApiDescription.Operation;
import io.sluice.http.ApiDriver.Answer;
import io.sluice.http.ApiDriver.Call;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Drives the service by its own description: every operation, with the examples of the document, and with every input
 * missing, of a wrong type, or hostile. Each answer must be one that the document describes, none is a 5xx, and none that
 * refuses has changed anything.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ApiDescriptionTest {
    /** Of HTTP itself, or of any answer of this service. */
    private static final Set<String> COMMON_HEADERS = Set.of("content-type", "content-length", "transfer-encoding",
            "vary",
            "connection", "content-encoding", "x-content-type-options");

    @TestHTTPResource("/")
    URI base;

    @Inject
    Pool database;

    private final OffsetDateTime start = OffsetDateTime.now();
    private final Map<String, String> ids = new HashMap<>();
    private ApiDescription api;
    private ApiDriver driver;

    @BeforeEach
    void somethingOfEverything() {
        api = new ApiDescription(given().queryParam("format", "json").get("/q/openapi").asString());
        driver = new ApiDriver(base);
        Partners.set("carrier", Map.of("failureRate", 1));
        String failed = Api.post(order());
        Api.awaitStatus(failed, "FAILED");
        ids.put("batch", batchWithAFailure());
        Partners.wellBehaved();
        // Its second order waits for the first, so it is still running.
        Partners.set("printer", Map.of("failureRate", 1));
        ids.put("abortBatch", batchWithAFailure());
        Partners.wellBehaved();
        String cancelled = Api.post(order().manual());
        Api.act(cancelled, "cancel").then().statusCode(200);
        ids.put("retryOrder", failed);
        ids.put("eraseOrder", cancelled);
    }

    /** Gets no event: no order has this channel. */
    private static String webhook() {
        return given().contentType("application/json")
                .body("{\"url\": \"http://127.0.0.1:9/\", \"channel\": \"none\"}")
                .post("/api/webhooks")
                .jsonPath()
                .getString("id");
    }

    private static String key() {
        return given().contentType("application/json")
                .body("{\"name\": \"" + UUID.randomUUID() + "\", \"role\": \"viewer\"}")
                .post("/api/keys")
                .jsonPath()
                .getString("id");
    }

    private static String batchWithAFailure() {
        String batch = Api.batch(Api.post(2, order().manual())).onFailure("wait").create();
        Api.until(() -> given().get("/api/batches/" + batch).then().body("counts.failed", greaterThan(0)));
        return batch;
    }

    @AfterEach
    void nothingIsHeldUp() {
        Partners.wellBehaved();
        given().post("/api/batches/" + ids.get("abortBatch") + "/abort");
        given().get("/api/webhooks")
                .jsonPath()
                .getList("items.id")
                .forEach(webhook -> given().delete("/api/webhooks/" + webhook));
        given().post("/api/partners/carrier/resume").then().statusCode(200);
    }

    private String pathParameter(Operation operation, String name) {
        if (name.equals("name")) {
            return "carrier";
        }
        if (operation.path().startsWith("/api/imports")) {
            return "1";
        }
        if (operation.path().startsWith("/api/webhooks")) {
            String webhook = ids.computeIfAbsent(operation.id(), id -> webhook());
            return name.equals("delivery")
                    ? given().post("/api/webhooks/" + webhook + "/test").jsonPath().getString("id")
                    : webhook;
        }
        if (operation.path().startsWith("/api/keys")) {
            return ids.computeIfAbsent(operation.id(), id -> key());
        }
        if (operation.path().startsWith("/api/batches")) {
            return ids.getOrDefault(operation.id(), ids.get("batch"));
        }
        if (operation.path().endsWith("/cancel") || operation.path().endsWith("/erase")) {
            // Each call needs an order that can still be changed; the first erases one that has ended.
            String ended = ids.remove(operation.id());
            return ended == null ? Api.post(order().manual()) : ended;
        }
        return ids.computeIfAbsent(operation.id(), id -> Api.post(order().manual()));
    }

    private String path(Operation operation) {
        return path(operation, operation.path());
    }

    /** Replaces what is still to be replaced in the path. */
    private String path(Operation operation, String template) {
        String path = template;
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("path")) {
                path = path.replace("{" + name + "}", pathParameter(operation, name));
            }
        }
        return path;
    }

    private Call call(Operation operation) {
        Call call = new Call(operation.method(), path(operation));
        // A correction needs it.
        return operation.method().equals("PATCH") ? call.header("If-Match", "*") : call;
    }

    /** Requests that have to succeed, if they come first. */
    private List<Call> valid(Operation operation) {
        List<Call> calls = new ArrayList<>();
        operation.json()
                .at("/requestBody/content")
                .fields()
                .forEachRemaining(media -> api.examples(media.getValue())
                        .forEach(body -> calls.add(call(operation).body(media.getKey(), text(body)))));
        if (calls.isEmpty()) {
            calls.add(call(operation));
        }
        return calls;
    }

    private static String text(JsonNode example) {
        return example.isTextual() ? example.asText() : example.toString();
    }

    private Stream<Call> hostile(Operation operation) {
        List<Call> calls = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "query" -> HostileInput.ENCODED
                        .forEach(value -> {
                            calls.add(call(operation).query(name + "=" + value).header("Accept", "application/json"));
                            calls.add(call(operation).query(name + "=" + value + "&" + name + "=x"));
                        });
                case "path" -> HostileInput.ENCODED.stream()
                        .filter(value -> !value.isBlank())
                        .forEach(value -> calls
                                .add(new Call(operation.method(),
                                        path(operation, operation.path().replace("{" + name + "}", value)))));
                default -> HostileInput.HEADERS.forEach(value -> calls.add(call(operation).header(name, value)));
            }
        }
        operation.json().at("/requestBody/content").fields().forEachRemaining(media -> {
            Stream.concat(HostileInput.BODIES.stream(), api.examples(media.getValue())
                    .stream()
                    .filter(example -> media.getKey().contains("json"))
                    .flatMap(example -> HostileInput.mutations(ApiDescription.parse(text(example))).stream()))
                    .forEach(body -> calls.add(call(operation).body(media.getKey(), body)));
            calls.add(call(operation).body("text/plain", "x"));
            calls.add(call(operation).body(media.getKey(), "{}").header("Content-Encoding", "br"));
            calls.add(call(operation).body(media.getKey(), "{}").header("Content-Encoding", "gzip"));
            calls.add(
                    call(operation).body(media.getKey(), "{}").header("Idempotency-Key", UUID.randomUUID().toString()));
        });
        HostileInput.ENCODED.forEach(name -> calls.add(call(operation).query(name + "=1")));
        calls.add(call(operation).header("Accept", "text/csv"));
        calls.add(call(operation).header("Sec-Fetch-Site", "cross-site"));
        return calls.stream();
    }

    @Test
    void everyAnswer_isDescribed_andNoRefusalChangesAnything() throws IOException, InterruptedException {
        Map<String, Call> faults = new LinkedHashMap<>();
        Set<Operation> done = new HashSet<>();
        int calls = 0;
        for (Operation operation : api.operations()) {
            for (Call call : valid(operation)) {
                Answer answer = driver.send(call);
                faults(operation, answer).forEach(fault -> faults.putIfAbsent(operation + " " + fault, call));
                if (answer.status() < 300) {
                    done.add(operation);
                }
            }
        }
        for (Operation operation : api.operations()) {
            List<Call> hostile = hostile(operation).toList();
            Map<String, String> before = AskedForState.of(database, start);
            // What only reads must change nothing, so one look after all its calls is enough.
            boolean reads = Set.of("GET", "HEAD").contains(operation.method());
            for (Call call : hostile) {
                calls++;
                Answer answer = driver.send(call);
                faults(operation, answer).forEach(fault -> faults.putIfAbsent(operation + " " + fault, call));
                if (reads) {
                    continue;
                }
                Map<String, String> after = AskedForState.of(database, start);
                if (answer.status() >= 400) {
                    changed(before, after)
                            .forEach(part -> faults.putIfAbsent(operation + " is refused and changes " + part, call));
                }
                if (answer.status() < 300 && operation.path().startsWith("/api/partners/")) {
                    // Else the next call has nothing to change.
                    String opposite = operation.path().endsWith("pause") ? "resume" : "pause";
                    given().post("/api/partners/carrier/" + opposite).then().statusCode(200);
                    after = AskedForState.of(database, start);
                }
                before.putAll(after);
            }
            if (reads) {
                changed(before, AskedForState.of(database, start))
                        .forEach(part -> faults.put(operation + " reads and changes " + part, call(operation)));
            }
        }
        assertThat(faults).as("of %s calls", calls).isEmpty();
        // ImportTest has those that need a marketplace with pending orders.
        assertThat(done).as("operations of which an example succeeds")
                .containsAll(api.operations()
                        .stream()
                        .filter(operation -> !operation.path().startsWith("/api/imports/"))
                        .toList());
    }

    private static Stream<String> changed(Map<String, String> before, Map<String, String> after) {
        return after.keySet().stream().filter(part -> !after.get(part).equals(before.get(part)));
    }

    @Test
    void parameterThatIsNotDescribed_isRefused() throws IOException, InterruptedException {
        for (Operation operation : api.operations()) {
            Answer answer = driver.send(call(operation).query("no-such=1"));
            assertThat(answer.status()).as("%s: %s", operation, answer.body()).isIn(404, 415, 422);
            if (answer.status() == 422 && !operation.method().equals("HEAD")) {
                assertThat(answer.body()).contains("There is no parameter 'no-such' here.");
            }
        }
        given().get("/api/orders?statsu=FAILED&Channel=a&limit=1&limit=2&status=FAILED&status=HANDLED")
                .then()
                .statusCode(422)
                .body("errors.parameter", containsInAnyOrder("statsu", "Channel", "limit"))
                .body("errors.detail", containsInAnyOrder("There is no parameter 'statsu' here. Did you mean 'status'?",
                        "There is no parameter 'Channel' here. Did you mean 'channel'?",
                        "The parameter 'limit' is given more than once."));
        given().get("/api/orders?status=FAILED&status=HANDLED").then().statusCode(200);
    }

    private List<String> faults(Operation operation, Answer answer) {
        int status = answer.status();
        if (status >= 500 || !operation.isDescribed(status)) {
            return List.of("answers " + status);
        }
        List<String> faults = new ArrayList<>();
        JsonNode described = api.response(operation, status);
        answer.headers()
                .stream()
                .filter(name -> !COMMON_HEADERS.contains(name) && !has(described.path("headers"), name))
                .forEach(name -> faults.add(status + " has the header " + name));
        String type = answer.contentType();
        if (answer.body().isEmpty()) {
            return faults;
        }
        if (!described.path("content").has(type)) {
            faults.add(status + " is " + type);
        } else if (type.endsWith("json") && !type.endsWith("ndjson")) {
            faults.addAll(api.faults(operation, status, type, answer.body()));
        } else if (type.endsWith("ndjson")) {
            String line = described.at("/content/application~1x-ndjson/schema/description").asText().split(" ")[1];
            answer.body().lines().forEach(one -> faults.addAll(api.faults("/components/schemas/" + line, one)));
        }
        return faults;
    }

    private static boolean has(JsonNode headers, String name) {
        List<String> names = new ArrayList<>();
        headers.fieldNames().forEachRemaining(names::add);
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Test
    void everyOperation_isExplained() {
        assertThat(api.operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.json().path("summary").asText()).as("%s: summary", operation).isNotBlank();
            assertThat(operation.json().path("tags").size()).as("%s: tags", operation).isOne();
            operation.json()
                    .at("/requestBody/content")
                    .forEach(media -> assertThat(api.examples(media))
                            .as("%s: examples of the body", operation)
                            .isNotEmpty());
        });
        assertThat(api.operations()).extracting(Operation::id).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void everyOperationAndParameter_ofTheResources_isDescribed() {
        List<String> described = new ArrayList<>();
        api.operations().forEach(operation -> {
            described.add(operation.toString());
            operation.parameters()
                    .forEach(parameter -> described.add(operation + " " + parameter.path("name").asText()));
        });
        assertThat(described).containsAll(ApiResources.operationsAndParameters());
    }
}
