package io.sluice.operator;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.PdfText;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

/** What may be corrected in an order, and until when. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderCorrectionTest {
    @TestHTTPResource("/")
    URI base;

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    private static ValidatableResponse patch(String id, String ifMatch, String patch) {
        return given().contentType("application/merge-patch+json")
                .header("If-Match", ifMatch)
                .body(patch.getBytes(StandardCharsets.UTF_8))
                .patch("/api/orders/" + id)
                .then();
    }

    private static ValidatableResponse patch(String id, String patch) {
        return patch(id, etag(id), patch);
    }

    private static String etag(String id) {
        return given().get("/api/orders/" + id).header("ETag");
    }

    @Test
    void membersOfThePatch_replaceTheOrders() {
        String id = Api.post(order().manual()
                .with("metadata", Map.of("a", "1", "b", "2"))
                .with("note", "Hello")
                .with("shipBy", "2031-05-01T10:00:00+02:00"));
        Api.get(id).body("shipBy", is("2031-05-01T08:00:00Z"));
        patch(id, """
                {"shipTo": {"street": "Karl-Marx-Allee 1", "city": "Berlin", "postalCode": "10178", "country": "DE"},
                 "customer": {"email": null}, "note": "", "shipBy": "2031-06-01T10:00:00Z",
                 "metadata": {"a": null, "c": "3"}}""")
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .body("version", is(2))
                .body("status", is("RECEIVED"))
                .body("shipTo.city", is("Berlin"))
                .body("shipTo.name", is("Ada Lovelace"))
                .body("customer.email", nullValue())
                .body("customer.name", is("Ada Lovelace"))
                .body("note", nullValue())
                .body("shipBy", is("2031-06-01T10:00:00Z"))
                .body("metadata", is(Map.of("b", "2", "c", "3")))
                .body("lines", hasSize(1));
        Api.get(id).body("shipTo.country", is("DE")).body("version", is(2));
    }

    @Test
    void patchThatChangesNothing_makesNoNewVersion() {
        String id = Api.post(order().manual());
        patch(id, "{\"shipTo\": {\"city\": \" London \"}}").statusCode(200).body("version", is(1));
        patch(id, "{}").statusCode(200).header("ETag", "W/\"1\"");
    }

    @Test
    void history_namesTheChangedFields_butNotTheirValues() {
        String id = Api.post(order().manual().with("note", "Zwiebelfisch"));
        given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .header("X-Remote-User", "Grace")
                .body("{\"shipTo\": {\"city\": \"Zwiebelstadt\"}, \"note\": null}".getBytes(StandardCharsets.UTF_8))
                .patch("/api/orders/" + id)
                .then()
                .statusCode(200);
        patch(id, "{\"metadata\": {\"zwiebel\": \"1\"}}").statusCode(200);
        patch(id, "{\"metadata\": {\"zwiebel\": \"1\"}}").statusCode(200);
        Instant updatedAt = Instant.parse(Api.get(id).extract().path("updatedAt"));
        String history = Api.history(id)
                .body("attempts", hasSize(0))
                .body("actions.action", is(List.of("CORRECT", "CORRECT")))
                .body("actions[0].fields", is(List.of("shipTo.city", "note")))
                .body("actions[0].actor", is("Grace"))
                .body("actions[1].fields", is(List.of("metadata")))
                .body("actions[1].actor", is("api"))
                .extract()
                .asString();
        assertThat(history).doesNotContainIgnoringCase("zwiebel");
        assertThat(Instant.parse(Api.history(id).extract().path("actions[1].at")))
                .isBetween(updatedAt.minusSeconds(60), updatedAt.plusSeconds(60));
        assertThat(given().get("/orders/" + id).asString())
                .contains("Corrected: ship to city, note", "Grace", "Corrected: metadata");
    }

    @Test
    void everyError_isToldWithItsPlace_andNothingIsChanged() {
        String id = Api.post(order().manual());
        patch(id, """
                {"shipTo": {"country": "XX", "postalCode": null}, "lines": [], "total": "1.00", "tags": ["a"],
                 "customer": null, "shipBy": "tomorrow"}""")
                .statusCode(422)
                .body("errors.pointer",
                        hasItems("/shipTo/country", "/lines", "/total", "/tags", "/customer", "/shipBy"));
        patch(id, "[]").statusCode(422);
        patch(id, "{\"note\": \"a\", \"note\": \"b\"}").statusCode(422);
        patch(id, "{").statusCode(400);
        Api.get(id).body("version", is(1));
    }

    @Test
    void ifMatch_mustBeTheOrdersVersion() {
        String id = Api.post(order().manual());
        given().contentType("application/merge-patch+json")
                .body("{}".getBytes())
                .patch("/api/orders/" + id)
                .then()
                .statusCode(428)
                .body("type", is("urn:sluice:problem:precondition-required"));
        patch(id, "W/\"1\"", "{\"note\": \"one\"}").statusCode(200);
        patch(id, "W/\"1\"", "{\"note\": \"two\"}").statusCode(412)
                .header("ETag", "W/\"2\"")
                .body("detail", containsString("W/\"2\""));
        // As a proxy rewrites it, in a list, and whatever it is.
        patch(id, "\"2-gzip\", W/\"99\"", "{\"note\": \"three\"}").statusCode(200);
        patch(id, "*", "{\"note\": \"four\"}").statusCode(200).body("version", is(4));
        Api.get(id).body("note", is("four"));
    }

    @Test
    void otherContentType_415_otherId_404() {
        String id = Api.post(order().manual());
        given().contentType("application/json")
                .header("If-Match", "*")
                .body("{}")
                .patch("/api/orders/" + id)
                .then()
                .statusCode(415)
                .header("Accept-Patch", "application/merge-patch+json");
        patch(UUID.randomUUID().toString(), "*", "{}").statusCode(404);
        given().put("/api/orders/" + id).then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS, PATCH");
    }

    /** Of several at once with the same If-Match, one wins. */
    @Test
    void concurrentCorrections_excludeEachOther() {
        String id = Api.post(order().manual());
        List<Integer> answers = IntStream.range(0, 12)
                .parallel()
                .mapToObj(i -> patch(id, "W/\"1\"", "{\"note\": \"" + i + "\"}").extract().statusCode())
                .toList();
        assertThat(answers).containsOnly(200, 412).containsOnlyOnce(200);
    }

    @Test
    void slip_page_search_andStream_haveTheCorrection() {
        String id = Api.post(order().manual());
        String name = "Zoë Quetzalcoatl " + UUID.randomUUID().toString().substring(0, 8);
        try (SseClient client = SseClient.open(base + "api/events")) {
            patch(id, "{\"customer\": {\"name\": \"%s\"}, \"shipTo\": {\"name\": \"%s\", \"city\": \"Leeds\"}}"
                    .formatted(name, name)).statusCode(200);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.events()
                            .stream()
                            .anyMatch(event -> id.equals(event.text("orderId")) && "2".equals(event.text("version"))));
        }
        try (PdfText slip = new PdfText(given().get("/api/orders/" + id + "/packing-slip.pdf").asByteArray())) {
            assertThat(slip.page(1)).contains(name, "Leeds");
        }
        assertThat(given().get("/orders/" + id).asString()).contains(name);
        given().queryParam("q", name).get("/api/orders").then().body("items.id", is(List.of(id)));
        given().queryParam("q", "Lovelace " + id).get("/api/orders").then().body("items", hasSize(0));
    }

    @Test
    void orderThatIsSentAgain_isStillTheSame() {
        String externalId = "C-" + UUID.randomUUID();
        String id = Api.post(order().manual().externalId(externalId));
        patch(id, "{\"note\": \"By noon\"}").statusCode(200);
        Api.send(order().manual().externalId(externalId))
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("note",
                        is("By noon"));
    }

    /** The usual case: the carrier refuses an address, a person corrects it, and the order goes on. */
    @Test
    void failedOrder_isCorrectedAndRetried() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = Api.post(order());
        Api.awaitStatus(id, "FAILED");
        Partners.wellBehaved();
        patch(id, "{\"shipTo\": {\"postalCode\": \"SW1Y 4LE\"}}").statusCode(200)
                .body("status", is("FAILED"))
                .body("step", is("create-shipment"))
                .body("reason.code", is("partner-refused"));
        Api.act(id, "retry").then().statusCode(202);
        Api.awaitStatus(id, "HANDLED");
        Api.get(id).body("shipTo.postalCode", is("SW1Y 4LE"));
    }

    @Test
    void addressOfAShipment_andOrdersThatHaveEnded_stay() {
        Partners.set("marketplace", Map.of("failureRate", 1));
        String id = Api.post(order());
        Api.awaitStatus(id, "FAILED");
        Partners.wellBehaved();
        patch(id, "{\"shipTo\": {\"city\": \"Leeds\"}}").statusCode(409).body("detail", containsString("shipment"));
        patch(id, "{\"note\": \"Late\"}").statusCode(200);
        Api.act(id, "retry").then().statusCode(202);
        Api.awaitStatus(id, "HANDLED");
        patch(id, "{\"note\": \"Later\"}").statusCode(409).body("detail", containsString("HANDLED"));
        String cancelled = Api.post(order().manual());
        Api.act(cancelled, "cancel").then().statusCode(200);
        patch(cancelled, "{\"note\": \"Later\"}").statusCode(409);
    }

    @ParameterizedTest
    @CsvSource({"print-packing-slip, printer", "create-shipment, carrier"})
    void orderWhoseStepRuns_isNotCorrected(String step, String partner) {
        Partners.set(partner, Map.of("latencyMs", 60_000));
        String id = Api.post(order());
        Api.awaitField(id, "step", step);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> patch(id, "*", "{\"note\": \"x\"}").extract().statusCode() == 409);
        patch(id, "*", "{\"note\": \"x\"}").header("Retry-After", "1").body("detail", containsString("running"));
    }
}
