package io.sluice.tracing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.apache.qpid.proton.message.Message;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.sluice.http.ManagementPort;
import io.sluice.testing.Api;
import io.sluice.testing.Log;
import io.sluice.testing.OrderMessages;
import io.sluice.testing.OtlpReceiver.Received;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** The spans of orders, as a receiver of OTLP gets them. */
@QuarkusTest
@TestProfile(Traced.class)
@QuarkusTestResource(SluiceServices.class)
class TracesTest {
    private static final List<String> STEPS = List.of("print-packing-slip", "create-shipment", "send-tracking",
            "mark-shipped");
    private static final List<String> CALLS = List.of("POST /jobs", "POST /shipments", "PUT /orders/{orderId}/tracking",
            "PUT /orders/{orderId}/shipped");
    private static final String CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLIENTS_SPAN = "b7ad6b7169203331";

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/api/orders")
    URI orders;

    @Inject
    ManagementPort management;

    @ConfigProperty(name = "amqp-port")
    int brokerPort;

    @AfterEach
    void partnersAndReceiverBehave() {
        Partners.wellBehaved();
        Traced.receiver().status(200);
    }

    @Test
    void order_isOneTrace_fromItsRequestToTheLastCall() {
        String id = Api.send(Api.order()
                .header("traceparent", "00-" + CLIENTS_TRACE + "-" + CLIENTS_SPAN + "-01")
                .header("X-Request-Id", "checkout-4711")).then().statusCode(202).extract().path("id");
        Api.awaitStatus(id, "HANDLED");
        awaitSteps(id, STEPS.size());

        Received request = request("checkout-4711");
        assertThat(request).extracting(Received::name, Received::kind, Received::traceId, Received::parent)
                .containsExactly("POST /api/orders", SpanKind.SPAN_KIND_SERVER, CLIENTS_TRACE, CLIENTS_SPAN);
        assertThat(request.attributes()).containsEntry("http.route", "/api/orders")
                .containsEntry("http.response.status_code", "202");
        assertThat(children(request)).extracting(Received::name)
                .containsExactlyInAnyOrder("send work", STEPS.get(0), STEPS.get(1), STEPS.get(2), STEPS.get(3));
        assertThat(children(request)).noneMatch(Received::failed).allMatch(span -> span.isOf(id));
        for (int i = 0; i < STEPS.size(); i++) {
            assertThat(children(step(id, STEPS.get(i)))).extracting(Received::name, Received::kind)
                    .containsExactly(tuple(CALLS.get(i), SpanKind.SPAN_KIND_CLIENT));
        }
        Api.history(id).body("requestId", is("checkout-4711")).body("traceId", is(CLIENTS_TRACE));
    }

    @Test
    void spans_nameNobody() {
        String id = Api.post(Api.order().customer("Grace Hopper"));
        Api.awaitStatus(id, "HANDLED");
        awaitSteps(id, STEPS.size());

        assertThat(spans()).extracting(Received::toString)
                .noneMatch(text -> text.contains("Hopper") || text.contains("ada@example.org")
                        || text.contains("St James") || text.contains("127.0.0.1:"));
    }

    @Test
    void secondAttempt_isATraceOfItsOwn_withLinks() {
        Partners.set("carrier", Map.of("fault", "half-json"));
        String id = Api.send(Api.order().header("X-Request-Id", "to-be-retried")).then().extract().path("id");
        Api.until(() -> Api.history(id).body("attempts.step", hasItem("create-shipment")));
        Partners.wellBehaved();
        Api.awaitStatus(id, "HANDLED");

        Api.until(() -> assertThat(steps(id, "create-shipment")).hasSizeGreaterThan(1));
        Received request = request("to-be-retried");
        List<Received> attempts = steps(id, "create-shipment");
        Received first = attempts.get(0);
        Received second = attempts.get(1);
        assertThat(first.parent()).isEqualTo(request.id());
        assertThat(first.failed()).isTrue();
        assertThat(second.parent()).isEmpty();
        assertThat(second.traceId()).isNotEqualTo(request.traceId());
        assertThat(second.links()).containsExactly(request.id(), first.id());
        assertThat(children(second)).isNotEmpty();
        Api.until(() -> assertThat(step(id, "mark-shipped").parent()).isEqualTo(request.id()));
    }

    @Test
    void retryOfAFailedOrder_linksToTheRequestForIt() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = Api.post(Api.order());
        Api.awaitStatus(id, "FAILED");
        Partners.wellBehaved();
        given().header("X-Request-Id", "try-again").post("/api/orders/" + id + "/retry").then().statusCode(202);
        Api.awaitStatus(id, "HANDLED");

        Received retry = request("try-again");
        assertThat(retry.name()).isEqualTo("POST /api/orders/{id}/retry");
        Api.until(() -> assertThat(steps(id, "create-shipment")).last()
                .satisfies(attempt -> assertThat(attempt.links()).contains(retry.id())));
        Api.history(id).body("actions.requestId", hasItem("try-again"));
    }

    @Test
    void ordersOfABatch_linkToTheRequestThatStartedIt() {
        String id = Api.send(Api.order().manual().header("X-Request-Id", "waits")).then().extract().path("id");
        String batch = given().contentType("application/json")
                .header("X-Request-Id", "start-batch")
                .body(Map.of("orderIds", List.of(id)))
                .post("/api/batches")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Api.awaitStatus(id, "HANDLED");
        awaitSteps(id, STEPS.size());

        Received start = request("start-batch");
        Received printed = step(id, "print-packing-slip");
        assertThat(printed.parent()).isEqualTo(request("waits").id());
        assertThat(printed.links()).containsExactly(start.id());
        assertThat(printed.attributes()).containsEntry("sluice.batch.id", batch);
    }

    @Test
    void ordersThatShareAStatement_haveTracesOfTheirOwn() {
        // All at once: while the first group is written, the others gather.
        Map<String, CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 100)
                .boxed()
                .collect(Collectors.toMap(i -> "parallel-" + i, i -> postAsync("parallel-" + i)));
        Map<String, String> requests = answers.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey,
                        answer -> JsonPath.from(answer.getValue().join().body()).getString("id")));
        requests.values().forEach(id -> Api.awaitStatus(id, "HANDLED"));
        requests.values().forEach(id -> awaitSteps(id, STEPS.size()));

        assertThat(
                requests.keySet().stream().map(TracesTest::request).map(Received::traceId).collect(Collectors.toSet()))
                .hasSize(requests.size());
        requests.forEach((requestId, id) -> assertThat(children(request(requestId))).hasSize(STEPS.size() + 1)
                .allMatch(span -> span.isOf(id)));
    }

    @Test
    void orderMessage_continuesTheTraceOfItsSender() {
        String externalId = "M-" + UUID.randomUUID();
        Message event = OrderMessages.event(Api.order().externalId(externalId).json());
        String trace = UUID.randomUUID().toString().replace("-", "");
        event.getApplicationProperties()
                .getValue()
                .put("cloudEvents:traceparent",
                        "00-" + trace + "-" + CLIENTS_SPAN + "-01");
        try (OrderMessages messages = new OrderMessages(brokerPort)) {
            messages.send(event);
        }
        Api.until(() -> assertThat(spans().stream()
                .filter(span -> span.traceId().equals(trace))
                .map(Received::name)
                .collect(Collectors.toSet())).isEqualTo(union("process orders", "send work")));
    }

    @Test
    void requestsAtTheManagementPort_haveNoSpans() {
        String port = management.open().orElseThrow().toString();
        given().header("X-Request-Id", "at-management").post(port + "/api/orders").then().statusCode(404);
        given().header("X-Request-Id", "after-management").post("/api/nothing").then().statusCode(404);

        request("after-management");
        assertThat(spans()).noneMatch(span -> "at-management".equals(span.attributes().get("sluice.request.id")));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void receiverThatRefuses_isInTheLog(int status) {
        try (Log log = new Log(ExportFailures.CATEGORY)) {
            Traced.receiver().status(status);
            given().post("/api/nothing");
            awaitWarning(log, "HTTP status code " + status);
        }
    }

    @Test
    void receiverThatDoesNotAnswer_holdsNothingUp_andIsInTheLog() {
        var blocked = new CountDownLatch(1);
        Traced.receiver().beforeAnswer(() -> {
            try {
                blocked.await(2, TimeUnit.MINUTES);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
        try (Log log = new Log(ExportFailures.CATEGORY)) {
            List<String> ids = Api.post(20, Api.order());
            ids.forEach(id -> Api.awaitStatus(id, "HANDLED"));
            awaitWarning(log, "The request could not be executed");
        } finally {
            Traced.receiver().beforeAnswer(() -> {
            });
            blocked.countDown();
        }
    }

    private CompletableFuture<HttpResponse<String>> postAsync(String requestId) {
        return HTTP.sendAsync(HttpRequest.newBuilder(orders)
                .header("Content-Type", "application/json")
                .header("X-Request-Id", requestId)
                .POST(HttpRequest.BodyPublishers.ofString(Api.order().json()))
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitWarning(Log log, String text) {
        Api.until(() -> assertThat(log.records()).anySatisfy(line -> {
            assertThat(line.getFormattedMessage()).contains("Failed to export spans", text);
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrown()).isNull();
        }));
    }

    private static Set<String> union(String... more) {
        return Stream.of(STEPS, CALLS, List.of(more)).flatMap(List::stream).collect(Collectors.toSet());
    }

    private static List<Received> spans() {
        return Traced.receiver().spans();
    }

    private static void awaitSteps(String orderId, int count) {
        Api.until(() -> assertThat(spans()).filteredOn(
                span -> span.isOf(orderId) && span.attributes().containsKey("sluice.step")).hasSize(count));
    }

    private static Received request(String requestId) {
        Predicate<Received> wanted = span -> requestId.equals(span.attributes().get("sluice.request.id"));
        Api.until(() -> assertThat(spans()).anyMatch(wanted));
        return spans().stream().filter(wanted).findFirst().orElseThrow();
    }

    private static List<Received> children(Received parent) {
        return spans().stream()
                .filter(span -> span.traceId().equals(parent.traceId()) && span.parent().equals(parent.id()))
                .toList();
    }

    private static Received step(String orderId, String name) {
        return steps(orderId, name).get(0);
    }

    /** In the sequence of their attempts. */
    private static List<Received> steps(String orderId, String name) {
        return spans().stream().filter(span -> span.isOf(orderId) && span.name().equals(name)).toList();
    }
}
