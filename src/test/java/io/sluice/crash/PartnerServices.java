package io.sluice.crash;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.simulator.SimulatorProcess;
import io.sluice.testing.Http;

/** The carrier, the printer and the marketplace. Their records survive restarts. */
final class PartnerServices extends Service {
    static final List<String> NAMES = List.of("carrier", "printer", "marketplace");

    private final Path folder;

    PartnerServices(Path folder) {
        super("simulator", SimulatorProcess.class);
        this.folder = folder;
    }

    @Override
    void start() {
        launch(List.of(folder.toString(), Integer.toString(port())));
        awaitReady();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Changes the behaviour of a partner until {@link #behave()}. */
    void set(String partner, Map<String, Object> behaviour) {
        Http.patch(behaviour(partner), behaviour).expect(200);
    }

    private String behaviour(String partner) {
        return url() + "/simulator/partners/" + partner;
    }

    void setAll(Map<String, Object> behaviour) {
        NAMES.forEach(partner -> set(partner, behaviour));
    }

    /** Resets all partners: no latency, no failures. */
    void behave() {
        setAll(Map.of("latencyMs", 0, "failureRate", 0, "down", false, "lostResponseRate", 0, "faultRate", 0));
    }

    JsonNode shipments() {
        return inspect("/simulator/carrier/shipments");
    }

    JsonNode sheets() {
        return inspect("/simulator/printer/jobs");
    }

    JsonNode marketplaceOrders() {
        return inspect("/simulator/marketplace/orders");
    }

    /** The number of requests for completed work, by {@code order:step}. */
    Map<String, Integer> repeats() {
        Map<String, Integer> repeats = new HashMap<>();
        for (String partner : NAMES) {
            inspect("/simulator/partners/" + partner + "/calls").forEach(call -> {
                if (call.has("repeats")) {
                    repeats.put(call.path("call").asText(), call.path("repeats").asInt());
                }
            });
        }
        return repeats;
    }

    private JsonNode inspect(String path) {
        return Http.get(url() + path).expect(200).json();
    }

    /** The number of shipments of an order, including voided ones. */
    int shipmentsOf(String orderId) {
        return inspect("/simulator/carrier/shipments?orderId=" + orderId).size();
    }

    /** Whether the partner has received a request for this step of the order, answered or not. */
    boolean called(String partner, String orderId, String step) {
        return inspect("/simulator/partners/" + partner + "/calls").findValuesAsText("call")
                .contains(orderId + ":" + step);
    }
}
