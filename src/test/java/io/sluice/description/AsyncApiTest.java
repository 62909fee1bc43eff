package io.sluice.description;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.DescribedSchemas;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;
import io.sluice.testing.WebhookReceiver;

/** Streams and webhooks send what {@code /q/asyncapi} says, and nothing else. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class AsyncApiTest {
    @TestHTTPResource("/api")
    String api;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private JsonNode description;
    private DescribedSchemas schemas;
    private String webhook;

    @BeforeEach
    void read() throws JsonProcessingException {
        String yaml = given().get("/q/asyncapi")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString();
        description = new ObjectMapper(new YAMLFactory()).readTree(yaml);
        schemas = new DescribedSchemas(description);
        webhook = given().contentType("application/json")
                .body(Map.of("url", receiver.url()))
                .post("/api/webhooks")
                .jsonPath()
                .getString("id");
    }

    @AfterEach
    void tidyUp() {
        Partners.wellBehaved();
        given().post("/api/partners/carrier/resume").then().statusCode(200);
        given().delete("/api/webhooks/" + webhook).then().statusCode(204);
        receiver.close();
    }

    @Test
    void everyEvent_isDescribed_andEveryDescribedOneCanHappen() {
        try (SseClient stream = SseClient.open(api + "/events");
                SseClient lost = SseClient.resume(api + "/events", "999999999999-1")) {
            until(() -> assertThat(names(lost)).contains("resync"));
            everythingHappens();
            until(() -> assertThat(received()).isEqualTo(types("webhook")));
            until(() -> assertThat(names(stream, lost)).isEqualTo(messages("events").keySet()));
            SoftAssertions all = new SoftAssertions();
            stream.events().forEach(event -> check(all, "events", event));
            lost.events().forEach(event -> check(all, "events", event));
            receiver.messages().forEach(message -> check(all, message));
            all.assertAll();
        }
    }

    private void everythingHappens() {
        String handled = Api.postHandled();
        try (SseClient stream = SseClient.open(api + "/orders/" + handled + "/events")) {
            until(() -> assertThat(stream.events()).isNotEmpty());
            SoftAssertions all = new SoftAssertions();
            stream.events().forEach(event -> check(all, "orderEvents", event));
            all.assertAll();
        }
        Api.act(Api.post(order().manual()), "cancel").then().statusCode(200);
        Api.awaitEnd(Api.batch(List.of(Api.post(order().manual()))).create());
        given().post("/api/partners/carrier/pause").then().statusCode(200);
        given().post("/api/partners/carrier/resume").then().statusCode(200);
        Partners.set("carrier", Map.of("down", true));
        Api.awaitStatus(Api.post(order()), "DELAYED");
        Partners.set("carrier", Map.of("down", false, "failureRate", 1));
        Api.awaitStatus(Api.post(order()), "FAILED");
        given().post("/api/webhooks/" + webhook + "/test").then().statusCode(202);
    }

    private static Set<String> names(SseClient... clients) {
        return Arrays.stream(clients)
                .flatMap(client -> client.events().stream())
                .map(SseClient.Event::type)
                .collect(Collectors.toSet());
    }

    private Set<String> received() {
        return receiver.messages().stream().map(WebhookReceiver.Message::type).collect(Collectors.toSet());
    }

    private void check(SoftAssertions all, String channel, SseClient.Event event) {
        String at = messages(channel).get(event.type());
        all.assertThat(at).as("description of %s", event).isNotNull();
        check(all, at + "/payload", event.data());
        check(all, at + "/headers", new ObjectMapper().valueToTree(Map.of("id", event.id(), "event", event.type())));
    }

    private void check(SoftAssertions all, WebhookReceiver.Message message) {
        String at = messages("webhook").values()
                .stream()
                .filter(candidate -> types(candidate + "/payload").contains(message.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not described: " + message));
        check(all, at + "/payload", message.json());
        Map<String, String> headers = message.headers()
                .entrySet()
                .stream()
                .filter(header -> header.getKey().startsWith("webhook-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        check(all, at + "/headers", new ObjectMapper().valueToTree(headers));
    }

    private void check(SoftAssertions all, String at, JsonNode value) {
        all.assertThat(schemas.faults(at, value.toString())).as("%s: %s", at, value).isEmpty();
    }

    /** Where the messages of a channel are described, by their names. */
    private Map<String, String> messages(String channel) {
        return description.at("/channels/" + channel + "/messages")
                .properties()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, message -> target(message.getValue())));
    }

    /** The types of the messages of webhooks: all of a channel, or those of the schema at this pointer. */
    private Set<String> types(String where) {
        if (!where.startsWith("/")) {
            return messages(where).values()
                    .stream()
                    .flatMap(at -> types(at + "/payload").stream())
                    .collect(Collectors.toSet());
        }
        Set<String> types = new HashSet<>();
        description.at(target(description.at(where)) + "/properties/type/enum")
                .forEach(type -> types.add(type.asText()));
        return types;
    }

    private static String target(JsonNode reference) {
        return reference.get("$ref").asText().substring(1);
    }

    @Test
    void examples_areValid() {
        SoftAssertions all = new SoftAssertions();
        description.at("/components/messages").properties().forEach(message -> {
            String at = "/components/messages/" + message.getKey();
            all.assertThat(message.getValue().path("examples")).as(at).isNotEmpty();
            message.getValue().path("examples").forEach(example -> {
                check(all, at + "/payload", example.get("payload"));
                if (example.has("headers")) {
                    check(all, at + "/headers", example.get("headers"));
                }
            });
        });
        all.assertAll();
    }

    @Test
    void typesOfWebhooks_areThoseThatCanBeAskedFor() throws JsonProcessingException {
        JsonNode openApi = new ObjectMapper()
                .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
        Set<String> types = types("webhook");
        types.remove("webhook.test");
        assertThat(openApi.at("/components/schemas/EventType/enum")).extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(types);
    }
}
