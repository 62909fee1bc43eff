package io.sluice.crash;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.testing.Http;

/** A batch that a campaign has made, and how often it was retried. */
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

    /** Makes a batch of these orders, by listing them. */
    static CampaignBatch listing(String api, List<String> orders, String printOrder, String onFailure) {
        return make(api, Map.of("orderIds", orders), orders, printOrder, onFailure);
    }

    /** Makes a batch of these orders that is printed at this printer, as listed. */
    static CampaignBatch printedAt(String api, String printer, List<String> orders) {
        return make(api, Map.of("orderIds", orders, "printer", printer), orders, "as-listed", "skip");
    }

    /**
     * Makes a batch of all orders of a channel that wait for it.
     *
     * @param expected those orders, in the sequence of the table
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

    /** As the API tells it. */
    JsonNode now() {
        return Http.get(api + "/api/batches/" + id).expect(200).json();
    }

    boolean ended() {
        return now().path("finishedAt").isTextual();
    }

    /** Its orders, as the API tells them, in the sequence of their positions; up to 200. */
    JsonNode items() {
        return Http.get("%s/api/batches/%s/items?limit=200".formatted(api, id)).expect(200).json().path("items");
    }

    /** Retries its failed orders, if it has any. */
    void retry() {
        if (ask("retry").status() == 202) {
            wasRetried();
        }
    }

    /** Aborts it, if it runs. */
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
