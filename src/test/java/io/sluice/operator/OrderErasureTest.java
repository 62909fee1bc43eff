package io.sluice.operator;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.OrderRequest;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.TextSearch;

/** What is left of an order when the person is erased from it. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderErasureTest {
    private static final String NAME = "Xantippe Zwiebelfisch";

    @Inject
    AgroalDataSource database;

    @AfterEach
    void wellBehavedPartners() throws SQLException {
        Partners.wellBehaved();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from import_problem");
        }
    }

    private static OrderRequest personal(String externalId) {
        return order().manual()
                .externalId(externalId)
                .customer(NAME)
                .with("customer", Map.of("name", NAME, "email", "xantippe@zwiebelfisch.example"))
                .with("note", "For Xantippe")
                .with("metadata", Map.of("login", "zwiebelfisch"));
    }

    private static String cancelled(String externalId) {
        String id = Api.post(personal(externalId));
        Api.act(id, "cancel").then().statusCode(200);
        return id;
    }

    private List<String> tablesWith(String word) throws SQLException {
        return TextSearch.tablesWith(word, database);
    }

    @Test
    void noTable_namesThePersonAnyMore_butMoneyAndDatesStay() throws SQLException {
        String key = UUID.randomUUID().toString();
        String externalId = "E-" + UUID.randomUUID();
        OrderRequest request = personal(externalId).handling("auto").header("Idempotency-Key", key);
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = Api.send(request).then().statusCode(202).extract().path("id");
        Api.awaitStatus(id, "FAILED");
        Api.act(id, "cancel").then().statusCode(200);
        assertThat(tablesWith("zwiebelfisch")).contains("orders", "search_queue", "idempotency_key");

        given().header("Accept", "application/json")
                .post("/api/orders/" + id + "/erase")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("customer.name", is("(erased)"))
                .body("customer.email", nullValue())
                .body("shipTo.country", is("GB"))
                .body("shipTo.city", nullValue())
                .body("note", nullValue())
                .body("metadata", nullValue())
                .body("total", is("25.00"))
                .body("externalId", is(externalId))
                .body("status", is("CANCELLED"));
        assertThat(tablesWith("zwiebelfisch")).isEmpty();
        assertThat(tablesWith("xantippe")).isEmpty();
        given().queryParam("q", NAME).get("/api/orders").then().body("items", hasSize(0));
        given().queryParam("q", externalId).get("/api/orders").then().body("items", hasSize(1));
        Api.history(id).body("attempts.outcome", is(List.of("SUCCEEDED", "FAILED")));
        // The same request is recognised, and answered with the erased order.
        Api.send(request)
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("id", is(id))
                .body("customer.name", is("(erased)"));
        Api.send(personal(externalId).handling("auto")).then().statusCode(200).body("customer.name", is("(erased)"));
    }

    /** Each field has a word of its own, which is nowhere else. */
    private static OrderRequest marked() {
        Map<String, Object> shipTo = new HashMap<>(
                Map.of("name", "zqxjname zqxjshipto", "company", "zqxjcompany", "street",
                        "1 zqxjstreet", "district", "zqxjdistrict", "city", "zqxjcity", "state", "Hokkaido",
                        "postalCode", "060-0001",
                        "phone", "+81 99 12345 zqxjphone", "country", "JP"));
        return order().manual()
                .with("customer", Map.of("name", "zqxjcustomer", "email", "zqxjmail@zqxjhost.example"))
                .with("shipTo", shipTo)
                .with("note", "zqxjnote")
                .with("metadata", Map.of("zqxjkey", "zqxjvalue"));
    }

    /** Through a correction, a search, a batch that prints, an import, repeated requests, and a partner that quotes. */
    @Test
    void wholeLifeOfAnOrder_leavesNothingOfThePerson() throws SQLException {
        OrderRequest request = marked().header("Idempotency-Key", UUID.randomUUID().toString())
                .header("X-Request-Id", "zqxjrequest");
        String id = Api.post(request);
        given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("customer", Map.of("name", "zqxjcorrected", "email", "zqxjmail@zqxjhost.example"),
                        "metadata",
                        Map.of("zqxjadded", "zqxjvalue")))
                .patch("/api/orders/" + id)
                .then()
                .statusCode(200);
        Partners.set("carrier", Map.of("failureRate", 1));
        String batch = Api.batch(Map.of("q", "zqxjcorrected")).create();
        Api.awaitStatus(id, "FAILED");
        Api.awaitEnd(batch);
        quotedByAPartner(id, batch);
        Api.act(id, "cancel").then().statusCode(200);
        List<String> words = Stream.of("name", "shipto", "company", "street", "district", "city", "phone", "customer",
                "corrected", "mail", "host", "note", "key", "added", "value", "quoted")
                .map("zqxj"::concat)
                .toList();
        // Also a table that is added one day, as long as something of this test comes there.
        assertThat(tablesWith("zqxj")).contains("orders", "search_queue", "idempotency_key", "event_log", "batch",
                "batch_item", "import_problem");

        Api.act(id, "erase").then().statusCode(200);

        for (String word : words) {
            assertThat(tablesWith(word)).as(word).isEmpty();
        }
        assertThat(tablesWith("zqxj")).isEmpty();
        given().get("/api/batches/" + batch).then().body("filter.q", is("(erased)"));
        given().get("/batches/" + batch).then().statusCode(200);
    }

    /** Wherever a partner's words are kept; and the order as a marketplace has sent it again, which came too late. */
    private void quotedByAPartner(String id, String batch) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (String change : List.of(
                    "update order_state set reason_detail = 'no zqxjquoted' where order_id = '%1$s'",
                    "update event_log set reason_detail = 'no zqxjquoted' where order_id = '%1$s' and outcome is not null",
                    "update batch_item set before_reason_detail = 'zqxjquoted', left_reason_detail = 'zqxjquoted'"
                            + " where batch_id = '%2$s'",
                    "insert into import (marketplace) values ('marketplace') on conflict do nothing",
                    "insert into import_problem (marketplace, key, channel, external_id, content, errors)"
                            + " select 'marketplace', id::text, channel, external_id, '{\"a\":\"zqxjvalue\"}', '[]'"
                            + " from orders where id = '%1$s'")) {
                statement.executeUpdate(change.formatted(id, batch));
            }
        }
    }

    @Test
    void erasedAgain_isTheSame() {
        String id = cancelled("E-" + UUID.randomUUID());
        int version = Api.act(id, "erase").then().statusCode(200).extract().path("version");
        Api.act(id, "erase").then().statusCode(200).body("version", is(version));
        assertThat(given().get("/orders/" + id).asString()).contains("(erased)");
        given().get("/api/orders/" + id + "/packing-slip.pdf").then().statusCode(200);
    }

    @Test
    void orderThatHasNotEnded_409_andUnknownOne_404() {
        String id = Api.post(personal("E-" + UUID.randomUUID()));
        Api.act(id, "erase").then().statusCode(409).body("detail", containsString("RECEIVED"));
        Api.get(id).body("customer.name", is(NAME));
        Api.act(id, "cancel").then().statusCode(200);
        Api.act(id, "erase").then().statusCode(200);
        Api.act(UUID.randomUUID(), "erase").then().statusCode(404);
    }
}
