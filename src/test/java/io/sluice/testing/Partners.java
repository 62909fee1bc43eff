package io.sluice.testing;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

/** The simulator, as seen from a test. */
public final class Partners {

    private Partners() {}

    private static String url(String path) {
        return "http://127.0.0.1:" + SluiceServices.simulatorPort() + "/simulator" + path;
    }

    /** Changes how a partner behaves; {@link #wellBehaved()} undoes it. */
    public static void set(String partner, Object settings) {
        given().contentType("application/json")
                .body(settings)
                .patch(url("/partners/" + partner))
                .then()
                .statusCode(200);
    }

    /** Every partner answers after 20 ms and never fails. */
    public static void wellBehaved() {
        List.of("carrier", "printer", "marketplace")
                .forEach(partner -> set(partner,
                        Map.of("latencyMs", 20, "failureRate", 0, "down", false, "lostResponseRate", 0, "faultRate", 1,
                                "faultPrefix", "", "retryAfterSeconds", 1)));
        List.of("carrier", "printer", "marketplace").forEach(partner -> set(partner, "{\"fault\": null}"));
    }

    /** How often the partner was called with that idempotency key. */
    public static int calls(String partner, String key) {
        return given().get(url("/partners/" + partner + "/calls"))
                .jsonPath()
                .getInt("find { it.call == '" + key + "' }.count");
    }

    /** Every shipment ever made. */
    public static List<Map<String, Object>> shipments() {
        return given().get(url("/carrier/shipments")).jsonPath().getList("");
    }

    /** Every shipment ever made for that order. */
    public static List<Map<String, Object>> shipments(String orderId) {
        return given().get(url("/carrier/shipments?orderId=" + orderId)).jsonPath().getList("");
    }

    /** The name of the marketplace that has been told of that order. */
    public static String marketplaceOf(String orderId) {
        return given().get(url("/marketplace/orders?orderId=" + orderId)).jsonPath().getString("[0].marketplace");
    }

    /** Sheets in the order in which they came out. */
    public static List<Map<String, Object>> printed() {
        return given().get(url("/printer/jobs")).jsonPath().getList("");
    }

    /** What was printed by that job. */
    public static byte[] document(String jobId) {
        return given().get(url("/printer/jobs/" + jobId + "/document"))
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
    }
}
