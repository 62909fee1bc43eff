package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The simulator does what {@code docs/partners.openapi.yaml} tells those who write a real partner. */
class OpenApiTest extends SimulatorTestBase {

    private final OpenApi api = OpenApi.read(Path.of("docs/partners.openapi.yaml"));
    private final Map<String, String> tracking = new HashMap<>();

    @Test
    void operations_examplesSentInTheFilesSequence_answeredAsItSays() {
        partners.call("POST", "/simulator/marketplace/pending-orders", null, """
                {"externalId": "WEB-1001", "customer": {"name": "Ada Byron"}, "currency": "GBP", "shipTo": %s,
                 "lines": [{"sku": "PUNCH-80", "title": "Punch cards", "quantity": 2, "unitPrice": "12.50"}]}"""
                .formatted(Partners.ADDRESS));
        assertThat(api.operations()).hasSize(10).allSatisfy(operation -> {
            Partners.Answer first = call(operation, operation.id());
            Partners.Answer again = call(operation, operation.id());

            assertAsTheFileSays(operation, first);
            assertThat(first.status()).isEqualTo(operation.json().path("responses").has("201") ? 201 : 200);
            assertAsTheFileSays(operation, again);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
        });
        assertThat(call(operation("findShipments"), null).body().at("/shipments/0/voided").booleanValue()).isTrue();
        assertThat(call(operation("findPrintJobs"), null).body().at("/jobs/0/position").intValue()).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource({"too-many-requests, 429", "server-error, 500"})
    void operations_partnerFails_problemAsTheFileSays(String fault, int status) {
        for (String partner : List.of("carrier", "printer", "marketplace")) {
            partners.set(partner, "{\"fault\": \"" + fault + "\", \"faultOnLookups\": true}");
        }

        assertThat(api.operations()).allSatisfy(operation -> {
            Partners.Answer answer = call(operation, "k");
            assertThat(answer.status()).isEqualTo(status);
            assertAsTheFileSays(operation, answer);
        });
    }

    @Test
    void operations_partnerDown_problemAsTheFileSays() {
        for (String partner : List.of("carrier", "printer", "marketplace")) {
            partners.set(partner, "{\"down\": true}");
        }

        assertThat(api.operations()).allSatisfy(operation -> {
            Partners.Answer answer = call(operation, "k");
            assertThat(answer.status()).isEqualTo(503);
            assertAsTheFileSays(operation, answer);
        });
    }

    @Test
    void operations_refusedOrNothingThere_problemAsTheFileSays() {
        for (String partner : List.of("carrier", "printer", "marketplace")) {
            partners.set(partner, "{\"failureRate\": 1}");
        }

        assertThat(api.operations()).allSatisfy(operation -> assertAsTheFileSays(operation, call(operation, "k")));
        assertThat(call(operation("findOrder"), null).status()).isEqualTo(404);
        assertThat(call(operation("createShipment"), "k").status()).isEqualTo(400);
    }

    @Test
    void shipment_withoutARequiredMember_problemAsTheFileSays() {
        OpenApi.Operation create = operation("createShipment");
        create.requestMedia().path("example").fieldNames().forEachRemaining(name -> {
            JsonNode incomplete = create.requestMedia()
                    .path("example")
                    .<ObjectNode>deepCopy()
                    .without(name);
            Partners.Answer answer = partners.call("POST", path(create), name, incomplete.toString());

            assertAsTheFileSays(create, answer);
            assertThat(answer.status()).isEqualTo(422);
        });
    }

    @Test
    void examples_ofTheFile_fitTheirSchemas() {
        assertThat(api.examples()).hasSizeGreaterThan(15)
                .allSatisfy(parent -> assertThat(api.violations(parent.path("schema"), parent.path("example"), ""))
                        .isEmpty());
    }

    private OpenApi.Operation operation(String id) {
        return api.operations().stream().filter(operation -> operation.id().equals(id)).findAny().orElseThrow();
    }

    private Partners.Answer call(OpenApi.Operation operation, String key) {
        JsonNode example = operation.requestMedia().path("example");
        boolean takesKey = api.parameters(operation, "header").findAny().isPresent();
        Partners.Answer answer = partners.call(operation.method(), path(operation), takesKey ? key : null,
                example.isMissingNode() ? null : example.toString());
        if (answer.text("trackingNumber") != null) {
            tracking.put("trackingNumber", answer.text("trackingNumber"));
        }
        return answer;
    }

    /** With the examples in their places, but for a tracking number that was given out meanwhile. */
    private String path(OpenApi.Operation operation) {
        String path = URI.create(operation.server()).getPath() + operation.path();
        for (JsonNode parameter : api.parameters(operation, "path").toList()) {
            String name = parameter.path("name").textValue();
            path = path.replace("{" + name + "}", tracking.getOrDefault(name, parameter.path("example").textValue()));
        }
        String query = api.parameters(operation, "query")
                .filter(parameter -> parameter.has("example"))
                .map(parameter -> parameter.path("name").textValue() + "="
                        + URLEncoder.encode(parameter.path("example").asText(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private void assertAsTheFileSays(OpenApi.Operation operation, Partners.Answer answer) {
        JsonNode response = api.response(operation, answer.status())
                .orElseThrow(() -> new AssertionError(operation.id() + " has no answer " + answer.status()));
        assertThat(response.path("content").has(answer.contentType())).as(answer.contentType()).isTrue();
        assertThat(api.violations(response.path("content").path(answer.contentType()).path("schema"), answer.body(),
                operation.id())).isEmpty();
    }
}
