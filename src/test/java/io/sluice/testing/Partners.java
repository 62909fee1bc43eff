package io.sluice.testing;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

/** Access to the simulator. */
public final class Partners {

    private Partners() {}

    private static String url(String path) {
        return "http://127.0.0.1:" + SluiceServices.simulatorPort() + "/simulator" + path;
    }

    /** Changes the behaviour of a partner until {@link #wellBehaved()}. */
    public static void set(String partner, Object settings) {
        given().contentType("application/json")
                .body(settings)
                .patch(url("/partners/" + partner))
                .then()
                .statusCode(200);
    }

    /** Resets all partners: 20 ms latency, no failures. */
    public static void wellBehaved() {
        List.of("carrier", "printer", "marketplace")
                .forEach(partner -> set(partner,
                        Map.of("latencyMs", 20, "failureRate", 0, "down", false, "lostResponseRate", 0, "faultRate", 1,
                                "faultPrefix", "", "faultOnLookups", false, "retryAfterSeconds", 1)));
        List.of("carrier", "printer", "marketplace").forEach(partner -> set(partner, "{\"fault\": null}"));
    }

    /** The number of calls with this idempotency key. */
    public static int calls(String partner, String key) {
        Integer count = given().get(url("/partners/" + partner + "/calls"))
                .jsonPath()
                .get("find { it.call == '" + key + "' }?.count");
        return count == null ? 0 : count;
    }

    /** All shipments ever created. */
    public static List<Map<String, Object>> shipments() {
        return given().get(url("/carrier/shipments")).jsonPath().getList("");
    }

    /** All shipments ever created for this order. */
    public static List<Map<String, Object>> shipments(String orderId) {
        return given().get(url("/carrier/shipments?orderId=" + orderId)).jsonPath().getList("");
    }

    /** The name of the marketplace that received the tracking number of this order. */
    public static String marketplaceOf(String orderId) {
        return given().get(url("/marketplace/orders?orderId=" + orderId)).jsonPath().getString("[0].marketplace");
    }

    /** Places an order at a marketplace, for Sluice to fetch. */
    public static void place(String marketplace, String order) {
        given().contentType("application/json")
                .body(order)
                .post(url("/marketplace/pending-orders?marketplace=" + marketplace))
                .then()
                .statusCode(201);
    }

    /** Cancels such an order at the marketplace. */
    public static void cancel(String marketplace, String externalId) {
        given().post(url("/marketplace/pending-orders/" + externalId + "/cancel?marketplace=" + marketplace))
                .then()
                .statusCode(200);
    }

    /** The printed sheets, in print order. */
    public static List<Map<String, Object>> printed() {
        return given().get(url("/printer/jobs")).jsonPath().getList("");
    }

    /** The document of a print job. */
    public static byte[] document(String jobId) {
        return given().get(url("/printer/jobs/" + jobId + "/document"))
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
    }
}
