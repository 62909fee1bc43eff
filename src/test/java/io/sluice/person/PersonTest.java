package io.sluice.person;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.TextSearch;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** What is stored about a person is exported and erased by e-mail address. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class PersonTest {
    @Inject
    Pool pool;

    @Inject
    AgroalDataSource database;

    /** Of this test only. */
    private final String name = "n" + UUID.randomUUID().toString().replace("-", "");
    private final String email = name + "@example.org";

    @AfterEach
    void noProblems() {
        pool.query("delete from import_problem").executeAndAwait();
    }

    private String post(String address) {
        return Api.post(Api.order().manual().with("customer", Map.of("name", "Zoe " + name, "email", address)));
    }

    private String cancelled(String address) {
        String id = post(address);
        Api.act(id, "cancel").then().statusCode(200);
        return id;
    }

    private void fetched(String content) {
        pool.query("insert into import (marketplace) values ('marketplace') on conflict do nothing").executeAndAwait();
        pool.preparedQuery("insert into import_problem (marketplace, key, content, errors)"
                + " values ('marketplace', $1, $2, '[]')")
                .executeAndAwait(Tuple.of(UUID.randomUUID().toString(), content));
    }

    private static ValidatableResponse send(String action, String body) {
        return given().contentType("application/json").body(body).post("/api/persons/" + action).then();
    }

    private static String person(String address) {
        return "{\"email\": \"" + address + "\"}";
    }

    @Test
    void endedOrders_areErased_andThoseUnderwayAreListed() throws SQLException {
        List<String> ended = List.of(cancelled(email), cancelled(email.toUpperCase(Locale.ROOT)));
        String underway = post(email);
        String other = cancelled("jo" + email);
        fetched("{\"buyer\": [{\"mail\": \" " + email.toUpperCase(Locale.ROOT) + "\"}]}");
        fetched("{\"buyer\": \"jo" + email + "\"}");

        send("erase", person("  " + email + " ")).statusCode(200)
                .body("erased", containsInAnyOrder(ended.toArray()))
                .body("underway", is(List.of(underway)))
                .body("fetchedOrders", is(1))
                .body("more", is(false));

        ended.forEach(id -> Api.get(id).body("customer.name", is("(erased)")));
        Api.history(ended.get(0)).body("actions.action", is(List.of("CANCEL", "ERASE")));
        Api.get(underway).body("customer.email", is(email));
        Api.get(other).body("customer.email", is("jo" + email));
        Api.act(underway, "cancel").then().statusCode(200);
        send("erase", person(email)).body("erased", is(List.of(underway))).body("underway", empty());
        send("erase", person(email)).body("erased", empty()).body("fetchedOrders", is(0));
        send("erase", person("jo" + email)).body("erased", is(List.of(other))).body("fetchedOrders", is(1));
        assertThat(TextSearch.tablesWith(name, database)).isEmpty();
    }

    @Test
    void export_hasEverything_andIsNotKept() throws SQLException {
        List<String> ids = List.of(cancelled(email), post(email));
        post("jo" + email);
        fetched("{\"mail\": \"" + email + "\"}");
        send("export", person(email.toUpperCase(Locale.ROOT))).statusCode(200)
                .header("Content-Disposition", containsString("attachment"))
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .body("email", is(email))
                .body("orders.order.id", containsInAnyOrder(ids.toArray()))
                .body("orders.find { it.order.id == '" + ids.get(0) + "' }.history.actions.action",
                        is(List.of("CANCEL")))
                .body("fetchedOrders.order.mail", is(List.of(email)));
        given().header("Idempotency-Key", name)
                .contentType("application/json")
                .body(person(email))
                .post("/api/persons/export")
                .then()
                .body("orders", hasSize(2));
        assertThat(TextSearch.tablesWith(name, database)).doesNotContain("idempotency_key");
        send("erase", person(email));
        send("export", person(email)).body("orders.order.id", is(List.of(ids.get(1)))).body("fetchedOrders", empty());
    }

    /** The pages of the search have 200 orders. */
    @Test
    void manyOrders_comeInOneDocument() {
        List<String> ids = IntStream.range(0, 201).mapToObj(i -> post(email)).toList();
        send("export", person(email)).statusCode(200).body("orders", hasSize(201));
        send("erase", person(email)).body("underway", hasSize(ids.size()));
    }

    @Test
    void bodyWithoutAnAddress_isRefused() {
        for (String action : List.of("erase", "export")) {
            send(action, "{}").statusCode(422).body("errors.pointer", is(List.of("/email")));
            send(action, person("zoe")).statusCode(422).body("errors.detail[0]", is("This is not an e-mail address."));
            send(action, "{\"email\": \"a@b.example\", \"name\": 1}").statusCode(422)
                    .body("errors.pointer", is(List.of("/name")));
        }
    }
}
