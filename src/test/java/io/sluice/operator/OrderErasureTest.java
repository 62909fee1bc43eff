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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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

/** What is left of an order when the person is erased from it. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderErasureTest {
    private static final String NAME = "Xantippe Zwiebelfisch";

    @Inject
    AgroalDataSource database;

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
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

    /** The tables that have the word anywhere in a row. */
    private List<String> tablesWith(String word) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("select table_name from information_schema.tables"
                    + " where table_schema = current_schema() and table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select exists (select from " + table
                        + " t where lower(t::text) like '%" + word + "%')")) {
                    rows.next();
                    if (rows.getBoolean(1)) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
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
