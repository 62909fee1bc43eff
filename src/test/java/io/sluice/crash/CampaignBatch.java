package io.sluice.crash;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.testing.Http;

/** A batch of a campaign, with its number of retries. */
final class CampaignBatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String api;
    private final String id;
    private final List<String> asked;
    private int retries;

    private CampaignBatch(String api, String id, List<String> asked) {
        this.api = api;
        this.id = id;
        this.asked = asked;
    }

    /** Creates a batch by listing orders. */
    static CampaignBatch listing(String api, List<String> orders, String printOrder, String onFailure) {
        return make(api, Map.of("orderIds", orders), orders, printOrder, onFailure);
    }

    /**
     * Creates a batch by a filter for the orders of a channel that wait for a person.
     *
     * @param expected those orders, in table order
     */
    static CampaignBatch filtering(String api, String channel, List<String> expected, String printOrder,
            String onFailure) {
        return make(api, Map.of("filter", Map.of("channel", channel, "status", List.of("RECEIVED"))), expected,
                printOrder, onFailure);
    }

    private static CampaignBatch make(String api, Map<String, Object> selection, List<String> asked, String printOrder,
            String onFailure) {
        Map<String, Object> request = new LinkedHashMap<>(selection);
        request.put("printOrder", printOrder);
        request.put("onFailure", onFailure);
        Http.Answer answer = Http.post(api + "/api/batches", JSON.valueToTree(request).toString()).expect(202);
        return new CampaignBatch(api, answer.json().path("id").asText(), asked);
    }

    String id() {
        return id;
    }

    List<String> asked() {
        return asked;
    }

    synchronized int retries() {
        return retries;
    }

    synchronized void wasRetried() {
        retries++;
    }

    /** The current state in the API. */
    JsonNode now() {
        return Http.get(api + "/api/batches/" + id).expect(200).json();
    }

    /** Retries the failed orders, if any. */
    void retry() {
        if (ask("retry").status() == 202) {
            wasRetried();
        }
    }

    /** Aborts the batch if it is running. */
    void abort() {
        ask("abort");
    }

    private Http.Answer ask(String what) {
        Http.Answer answer = Http.post("%s/api/batches/%s/%s".formatted(api, id, what));
        if (!List.of(202, 409).contains(answer.status())) {
            throw new AssertionError("%s of batch %s: %d %s".formatted(what, id, answer.status(), answer.body()));
        }
        return answer;
    }
}
