package io.sluice.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/**
 * Sluice's API as a client uses it.
 *
 * <pre>
 * String id = Api.post(Api.order().manual());
 * String batch = Api.batch(List.of(id)).printOrder("reversed").create();
 * Api.awaitStatus(id, "HANDLED");
 * </pre>
 */
public final class Api {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Api() {}

    /** A valid order that is handled as soon as it is accepted. */
    public static OrderRequest order() {
        return new OrderRequest();
    }

    /** Posts an order and returns its id. */
    public static String post(OrderRequest order) {
        return post("", order);
    }

    /** As {@link #post(OrderRequest)}, at the process with this base URL. */
    public static String post(String baseUrl, OrderRequest order) {
        return send(baseUrl, order).then().statusCode(202).extract().path("id");
    }

    /** Posts {@code count} orders, one after the other, and returns their ids. */
    public static List<String> post(int count, OrderRequest order) {
        return post("", count, order);
    }

    /** As {@link #post(int, OrderRequest)}, at the process with this base URL. */
    public static List<String> post(String baseUrl, int count, OrderRequest order) {
        return IntStream.range(0, count).mapToObj(i -> post(baseUrl, order)).toList();
    }

    /** Posts an order, waits until it is handled, and returns its id. */
    public static String postHandled() {
        return send(order().preferWait(30)).then()
                .statusCode(200)
                .body("status", is("HANDLED"))
                .extract()
                .path("id");
    }

    /** Posts an order and returns whatever the answer is. */
    public static Response send(OrderRequest order) {
        return send("", order);
    }

    private static Response send(String baseUrl, OrderRequest order) {
        return given().contentType("application/json")
                .headers(order.headers())
                .body(order.json())
                .post(baseUrl + "/api/orders");
    }

    /** A batch of these orders, in this order. */
    public static BatchRequest batch(Collection<?> orderIds) {
        return BatchRequest.of(orderIds);
    }

    /** A batch of every order that matches the filter. */
    public static BatchRequest batch(Map<String, ?> filter) {
        return new BatchRequest("filter", filter);
    }

    /** Reads an order. */
    public static ValidatableResponse get(Object orderId) {
        return given().get("/api/orders/" + orderId).then().statusCode(200);
    }

    /** Reads an order's history. */
    public static ValidatableResponse history(Object orderId) {
        return given().get("/api/orders/" + orderId + "/history").then().statusCode(200);
    }

    /** Retries or cancels an order and returns whatever the answer is. */
    public static Response act(Object orderId, String action) {
        return given().post("/api/orders/" + orderId + "/" + action);
    }

    public static void awaitStatus(Object orderId, String status) {
        awaitField(orderId, "status", status);
    }

    public static void awaitStatus(Collection<?> orderIds, String status) {
        orderIds.forEach(id -> awaitStatus(id, status));
    }

    /** @param field path of the field, for example {@code reason.code} */
    public static void awaitField(Object orderId, String field, String value) {
        // Not "then().body(…)": that would log every answer before the last.
        patiently().until(() -> get(orderId).extract().path(field), is(value));
    }

    /** Waits until a batch has finished, in whatever way. */
    public static void awaitEnd(String batchId) {
        patiently().until(() -> given().get("/api/batches/" + batchId).path("finishedAt"), notNullValue());
    }

    /** Waits until the assertion holds; after two minutes it fails. */
    public static void until(ThrowingRunnable assertion) {
        patiently().untilAsserted(assertion);
    }

    /** Looks at once, because most conditions hold already when the tenth order is waited for. */
    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO);
    }
}
