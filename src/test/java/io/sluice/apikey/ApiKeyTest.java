package io.sluice.apikey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.access.BehindProxy;
import io.sluice.access.Permission;
import io.sluice.access.Route;
import io.sluice.access.Routes;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(BehindProxy.class)
class ApiKeyTest {
    private final String ours = "ours-" + UUID.randomUUID().toString().substring(0, 8);
    private final String others = "others-" + UUID.randomUUID().toString().substring(0, 8);

    @TestHTTPResource("/")
    URI root;
    @Inject
    AgroalDataSource database;

    private static RequestSpecification admin() {
        return given().header("X-Forwarded-User", "ada")
                .header("X-Forwarded-Groups", "admin")
                .contentType("application/json");
    }

    private static JsonPath create(Map<String, ?> wanted) {
        return admin().body(wanted).post("/api/keys").then().statusCode(201).extract().jsonPath();
    }

    private static String name() {
        return "Key " + UUID.randomUUID();
    }

    private static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key).contentType("application/json");
    }

    private String ourKey() {
        return create(Map.of("name", name(), "role", "integrator", "channels", List.of(ours))).getString("key");
    }

    private static Response send(String key, String channel) {
        return with(key).body(Api.order().manual().channel(channel).json()).post("/api/orders");
    }

    private String orderOf(String channel) {
        return admin().body(Api.order().manual().channel(channel).json())
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    @Test
    void key_isShownOnce_andStoredNowhere() throws Exception {
        JsonPath made = create(Map.of("name", name(), "role", "viewer"));
        String key = made.getString("key");
        String id = made.getString("id");
        with(key).get("/api/batches").then().statusCode(200);
        admin().get("/api/keys/" + id).then().statusCode(200).body("key", nullValue()).body("createdBy", is("ada"));
        admin().get("/api/keys")
                .then()
                .statusCode(200)
                .body("items.id", hasItems(id))
                .body("items.key",
                        everyItem(nullValue()));
        String secret = key.substring(key.lastIndexOf('_') + 1);
        try (var connection = database.getConnection();
                var rows = connection.createStatement()
                        .executeQuery(
                                "select k::text || coalesce((select string_agg(i::text, '') from idempotency_key i), '')"
                                        + " from api_key k where id = '" + id + "'")) {
            rows.next();
            assertThat(rows.getString(1)).contains(id).doesNotContain(secret);
        }
    }

    @Test
    void repeatedRequest_makesNoSecondKey_andShowsNoSecret() throws Exception {
        Map<String, String> wanted = Map.of("name", name(), "role", "viewer");
        String idempotencyKey = UUID.randomUUID().toString();
        String id = admin().header("Idempotency-Key", idempotencyKey).body(wanted).post("/api/keys").path("id");
        admin().header("Idempotency-Key", idempotencyKey)
                .body(wanted)
                .post("/api/keys")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", is(id))
                .body("key", nullValue());
        admin().body(wanted).post("/api/keys").then().statusCode(409).body("detail", containsString("name"));
    }

    @Test
    void wrongKeys_areRefused_andFallThroughToNobody() {
        String key = create(Map.of("name", name(), "role", "viewer")).getString("key");
        String unknown = KeyText.random().text();
        given().header("Authorization", "Bearer " + unknown)
                .get("/api/batches")
                .then()
                .statusCode(401)
                .body("detail", is("The API key is not known."));
        given().header("Authorization", "Bearer " + key.substring(0, key.length() - 1))
                .get("/api/batches")
                .then()
                .statusCode(401)
                .body("detail", containsString("incomplete"));
        admin().header("Authorization", "Bearer " + unknown).get("/api/batches").then().statusCode(401);
        given().header("Authorization", "bearer  " + key).get("/api/batches").then().statusCode(200);
    }

    @Test
    void revokedKey_isRefusedSoon_andItsStreamIsCutOff() throws Exception {
        JsonPath made = create(Map.of("name", name(), "role", "viewer"));
        InputStream stream = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(root.resolve("/api/events"))
                        .header("Authorization", "Bearer " + made.getString("key"))
                        .build(), BodyHandlers.ofInputStream())
                .body();
        admin().post("/api/keys/" + made.getString("id") + "/revoke")
                .then()
                .statusCode(200)
                .body("state", is("REVOKED"))
                .body("revokedBy", is("ada"));
        with(made.getString("key")).get("/api/batches")
                .then()
                .statusCode(401)
                .body("detail", containsString("was revoked"));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(stream::readAllBytes)).isInstanceOf(
                java.io.IOException.class);
        admin().post("/api/keys/" + made.getString("id") + "/revoke").then().statusCode(200);
    }

    /** As another process does it: this one is not told. */
    @Test
    void keyThatIsRevokedElsewhere_isRefusedSoon() throws Exception {
        JsonPath made = create(Map.of("name", name(), "role", "viewer"));
        with(made.getString("key")).get("/api/batches").then().statusCode(200);
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("update api_key set revoked_at = now(), revoked_by = 'x' where id = '"
                    + made.getString("id") + "'");
        }
        await().until(() -> with(made.getString("key")).get("/api/batches").statusCode() == 401);
    }

    @Test
    void expiredKey_isRefused() throws Exception {
        JsonPath made = create(Map.of("name", name(), "role", "viewer", "expiresAt", "2999-01-01T00:00:00Z"));
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("update api_key set expires_at = '" + Instant.now() + "' where id = '"
                    + made.getString("id") + "'");
        }
        with(made.getString("key")).get("/api/batches")
                .then()
                .statusCode(401)
                .body("detail",
                        containsString("expired"));
        admin().get("/api/keys/" + made.getString("id")).then().body("state", is("EXPIRED"));
    }

    @Test
    void permissions_areThoseOfTheKey() {
        String key = create(Map.of("name", name(), "permissions", List.of("view", "operate"))).getString("key");
        with(key).get("/api/batches").then().statusCode(200);
        with(key).body(Api.order().json()).post("/api/orders").then().statusCode(403);
        with(key).get("/api/keys").then().statusCode(403);
    }

    @Test
    void wrongRequests_areToldAllThatIsWrong() {
        admin().body(
                Map.of("name", " ", "role", "viewer", "permissions", List.of("fly"), "channels", List.of("A B", " "),
                        "expiresAt", "2020-01-01T00:00:00Z", "unknown", 1))
                .post("/api/keys")
                .then()
                .statusCode(422)
                .body("errors.pointer",
                        hasItems("/name", "/permissions/0", "/permissions", "/channels/0", "/channels/1", "/expiresAt",
                                "/unknown"));
        admin().body(Map.of("name", name(), "role", "operator", "channels", List.of("webshop")))
                .post("/api/keys")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems("/channels"));
        admin().get("/api/keys/none").then().statusCode(404);
        admin().post("/api/keys/none/revoke").then().statusCode(404);
    }

    @Test
    void integrator_handsInOrdersOfItsChannelsOnly() {
        String key = ourKey();
        send(key, ours).then().statusCode(202);
        send(key, others).then().statusCode(403).body("detail", containsString(others));
        with(key).contentType("application/x-ndjson")
                .body((Api.order().manual().channel(ours).json() + "\n" + Api.order().manual().channel(others).json())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/orders/bulk")
                .then()
                .body(containsString("\"line\":1,\"status\":202"))
                .body(containsString("\"line\":2,\"status\":403"));
        String file = "Order number,Channel,Customer name,Recipient,Street,Postal code,City,Country,Currency,SKU,Title,"
                + "Quantity,Unit price\n%s,%s,Ada,Ada,1 High Street,NW1 6XE,London,GB,GBP,A,Mug,1,2.50\n";
        with(key).contentType("text/csv")
                .body(file.formatted(UUID.randomUUID(), others))
                .post("/api/orders/csv?handling=manual")
                .then()
                .body(containsString("You may not send orders of the channel " + others));
        with(key).contentType("text/csv")
                .body(file.formatted(UUID.randomUUID(), ours))
                .post("/api/orders/csv?handling=manual")
                .then()
                .body(containsString("\"status\":202"));
    }

    @Test
    void integrator_findsOrdersOfItsChannelsOnly() {
        String key = ourKey();
        String own = orderOf(ours);
        String foreign = orderOf(others);
        for (String query : List.of("", "?updatedSince=2020-01-01T00:00:00Z", "?status=RECEIVED", "?channel=" + ours)) {
            with(key).get("/api/orders" + query)
                    .then()
                    .statusCode(200)
                    .body("items.id", is(List.of(own)));
        }
        with(key).get("/api/orders?channel=" + others).then().statusCode(403);
        with(key).accept("application/json").get("/api/events?channel=" + others).then().statusCode(403);
        with(key).get("/api/events?channel=" + others).then().statusCode(403);
        with(key).accept("application/json")
                .get("/api/events?after=0-0")
                .then()
                .statusCode(200)
                .body(containsString(own))
                .body(org.hamcrest.Matchers.not(containsString(foreign)));
        String two = create(Map.of("name", name(), "role", "integrator", "channels", List.of(ours, others)))
                .getString("key");
        with(two).get("/api/orders").then().statusCode(422).body("detail", containsString(others));
        with(two).get("/api/orders?channel=" + others).then().body("items.id", is(List.of(foreign)));
    }

    static Stream<Route> ofOneOrder() {
        return Routes.all()
                .stream()
                .filter(route -> route.path().startsWith("/api/orders/{")
                        && route.permission().filter(Permission.OPERATE::equals).isEmpty()
                        && route.permission().filter(Permission.ADMINISTER::equals).isEmpty());
    }

    /** Orders of others are answered like those that do not exist. */
    @ParameterizedTest
    @MethodSource("ofOneOrder")
    void integrator_reachesOrdersOfItsChannelsOnly(Route route) {
        String key = ourKey();
        String foreign = orderOf(others);
        String path = route.path().replace("{id}", foreign);
        with(key).request(route.method(), path)
                .then()
                .statusCode(404)
                .body("detail", is("There is no order " + foreign + "."));
        if (!route.path().endsWith("/events")) {
            int status = with(key).request(route.method(), route.path().replace("{id}", orderOf(ours))).statusCode();
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void idempotencyKeys_areOfOneKey() {
        String body = Api.order().manual().channel(ours).json();
        String idempotencyKey = UUID.randomUUID().toString();
        String first = ourKey();
        with(first).header("Idempotency-Key", idempotencyKey).body(body).post("/api/orders").then().statusCode(202);
        with(first).header("Idempotency-Key", idempotencyKey)
                .body(body)
                .post("/api/orders")
                .then()
                .header("Idempotency-Replayed", "true");
        with(ourKey()).header("Idempotency-Key", idempotencyKey)
                .body(Api.order().manual().channel(ours).json())
                .post("/api/orders")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", nullValue());
    }

    @Test
    void page_makesAndRevokesKeys() {
        String name = name();
        String made = given().header("X-Forwarded-User", "ada")
                .header("X-Forwarded-Groups", "admin")
                .formParam("name", name)
                .formParam("role", "integrator")
                .formParam("channels", ours + ", " + others)
                .post("/dashboard/keys")
                .asString();
        String key = made.replaceAll("(?s).*value=\"(sluice_\\w+)\".*", "$1");
        send(key, others).then().statusCode(202);
        String list = admin().get("/keys").asString();
        assertThat(list).contains(name, "only ", ours).doesNotContain(key);
        given().header("X-Forwarded-User", "ada")
                .header("X-Forwarded-Groups", "admin")
                .redirects()
                .follow(false)
                .formParam("x", "")
                .post("/dashboard/keys/" + key.split("_")[1] + "/revoke")
                .then()
                .statusCode(303);
        send(key, others).then().statusCode(401);
        assertThat(given().header("X-Forwarded-User", "ada")
                .header("X-Forwarded-Groups", "admin")
                .formParam("name", name())
                .formParam("role", "integrator")
                .post("/dashboard/keys")
                .asString()).contains("Channels: An integrator needs at least one channel.");
    }
}
