package io.sluice.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

/** Who may do what, with a proxy that tells the users. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(BehindProxy.class)
class AccessTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TestHTTPResource("/")
    URI root;

    static Stream<Route> guarded() {
        return Routes.all().stream().filter(route -> route.permission().isPresent());
    }

    private static RequestSpecification as(String... groups) {
        return given().header("X-Forwarded-User", "ada").header("X-Forwarded-Groups", String.join(", ", groups));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void everyAddress_refusesWhoIsNotKnown_andEveryRoleThatMayNot(Route route) throws Exception {
        Permission needed = route.permission().orElseThrow();
        assertThat(status(route)).as("not logged in").isEqualTo(401);
        assertThat(status(route, "X-Forwarded-User", "ada")).as("no role").isEqualTo(403);
        for (UserRole role : UserRole.values()) {
            int status = status(route, "X-Forwarded-User", "ada", "X-Forwarded-Groups", "staff," + role.id(),
                    "X-Forwarded-Channels", "webshop");
            boolean forPeople = role == UserRole.INTEGRATOR && !route.path().startsWith("/api/");
            if (permissions(role).contains(needed) && !forPeople) {
                assertThat(status).as(role.id()).isNotIn(401, 403);
            } else {
                assertThat(status).as(role.id()).isEqualTo(403);
            }
        }
    }

    /** Viewers do not see people in this profile. */
    private static Set<Permission> permissions(UserRole role) {
        return role.permissions()
                .stream()
                .filter(permission -> role != UserRole.VIEWER || permission != Permission.PERSONAL)
                .collect(Collectors.toSet());
    }

    @Test
    void viewerWhoMustNotSeePeople_seesThemNowhere() {
        String number = "N" + System.nanoTime();
        Map<String, String> address = Stream.of("name", "company", "street", "district", "city", "phone")
                .collect(Collectors.toMap(field -> field, field -> "marker " + field));
        address.putAll(Map.of("postalCode", "SW1Y 4JH", "country", "GB"));
        String id = as("operator").contentType("application/json")
                .body(Api.order()
                        .manual()
                        .externalId(number)
                        .customer("marker customer")
                        .with("shipTo", address)
                        .with("note", "marker note")
                        .with("metadata", Map.of("giftFor", "marker metadata"))
                        .json())
                .post("/api/orders")
                .path("id");
        as("operator").header("If-Match", "*")
                .contentType("application/merge-patch+json")
                .body("{\"note\": \"marker note 2\"}")
                .patch("/api/orders/" + id)
                .then()
                .statusCode(200);
        for (String path : List.of("/api/orders?limit=200", "/api/orders/" + id, "/api/orders/" + id + "/history",
                "/api/orders?updatedSince=2020-01-01T00:00:00Z&limit=200", "/api/events?after=0-0&limit=100",
                "/", "/orders/" + id, "/dashboard/orders/" + id, "/dashboard/table", "/dashboard/rows?id=" + id)) {
            String seen = as("viewer").accept(path.startsWith("/api/") ? "application/json" : "text/html")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(seen).as(path).doesNotContain("marker", "SW1Y 4JH", "ada@example.org", "packing-slip.pdf");
        }
        as("viewer").get("/api/orders/" + id)
                .then()
                .body("externalId", is(number))
                .body("customer.name", is("•••"))
                .body("shipTo.country", is("GB"));
        as("operator").get("/api/orders/" + id).then().body("shipTo.company", is("marker company"));
        assertThat(as("operator").get("/orders/" + id).asString()).contains("marker note 2", "packing-slip.pdf");
    }

    /** Live updates are rendered once for all pages. */
    @Test
    void viewerWhoMustNotSeePeople_isNotSentThem() throws Exception {
        try (BufferedReader viewer = live("viewer"); BufferedReader operator = live("operator")) {
            as("operator").contentType("application/json")
                    .body(Api.order().manual().customer("marker live").json())
                    .post("/api/orders")
                    .then()
                    .statusCode(202);
            assertThat(untilEvent(operator, "rows")).contains("marker live");
            String seen = untilEvent(viewer, "refresh") + untilEvent(viewer, "refresh");
            assertThat(seen).doesNotContain("marker", "event: rows");
        }
    }

    private BufferedReader live(String role) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/dashboard/events"))
                .headers("X-Forwarded-User", "ada", "X-Forwarded-Groups", role)
                .build();
        return new BufferedReader(new InputStreamReader(CLIENT.send(request, BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8));
    }

    /** All lines to the end of the next event of this name. */
    private static String untilEvent(BufferedReader stream, String name) throws Exception {
        StringBuilder lines = new StringBuilder();
        boolean found = false;
        for (String line = stream.readLine(); !found || !line.isEmpty(); line = stream.readLine()) {
            lines.append(line).append('\n');
            found |= line.replace(" ", "").equals("event:" + name);
        }
        return lines.toString();
    }

    @Test
    void addressesOfTheDescription_refuseWhoIsNotKnown() {
        Map<String, Map<String, Object>> paths = given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        assertThat(paths).hasSizeGreaterThan(20);
        paths.forEach((path, operations) -> operations.keySet()
                .stream()
                .filter(List.of("get", "post", "patch", "put", "delete")::contains)
                .forEach(method -> given().request(method.toUpperCase(), path.replaceAll("\\{\\w+}", "none"))
                        .then()
                        .statusCode(401)
                        .contentType("application/problem+json")
                        .header("WWW-Authenticate", containsString("Bearer"))
                        .body("type", is("urn:sluice:problem:unauthenticated"))));
    }

    @Test
    void addressesThatAreNotListed() {
        for (String path : List.of("/nothing", "/q/dev-ui", "/q/info", "/api/orders;a=b", "/api/")) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(401);
            as("admin").urlEncodingEnabled(false).get(path).then().statusCode(404);
        }
        given().put("/api/orders").then().statusCode(401);
        as("admin").put("/api/orders").then().statusCode(405).header("Allow", containsString("GET"));
    }

    @Test
    void addressesForEverybody() {
        for (String path : List.of("/q/health/live", "/q/health/ready", "/q/openapi", "/q/asyncapi", "/problems",
                "/problems/forbidden", "/dashboard/dashboard.css", "/dashboard/dashboard.js", "/q/swagger-ui/")) {
            given().get(path).then().statusCode(200);
        }
    }

    @Test
    void refusals_sayWhy_toProgramsAndPeople() {
        as("viewer").contentType("application/json")
                .body(Api.order().json())
                .post("/api/orders")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", is("urn:sluice:problem:forbidden"))
                .body("detail", is("This needs the permission \"submit\"; you have read, view."));
        given().accept("text/html").get("/").then().statusCode(401).body(containsString("Not logged in"));
        as("integrator").accept("text/html").get("/").then().statusCode(403).body(containsString("Not allowed"));
    }

    @Test
    void whoDidSomething_isTheUser() {
        String id = as("operator").contentType("application/json")
                .body(Api.order().manual().json())
                .post("/api/orders")
                .jsonPath()
                .getString("id");
        as("operator").post("/api/orders/" + id + "/cancel").then().statusCode(200);
        as("viewer").get("/api/orders/" + id + "/history")
                .then()
                .statusCode(200)
                .body("actions[0].actor", is("ada"));
    }

    @Test
    void pages_showOnlyWhatOneMayPress() {
        String id = as("operator").contentType("application/json")
                .body(Api.order().manual().json())
                .post("/api/orders")
                .jsonPath()
                .getString("id");
        assertThat(as("viewer").get("/orders/" + id).asString()).contains("ada").doesNotContain("<form", "Webhooks");
        assertThat(as("operator").get("/orders/" + id).asString()).contains("data-testid=\"cancel\"");
        assertThat(as("viewer").get("/partners").asString()).doesNotContain("<form");
        assertThat(as("operator").get("/partners").asString()).contains("data-testid=\"pause\"");
        String table = as("viewer").get("/").asString();
        assertThat(table).contains("<div class=\"handle\" hidden>")
                .doesNotContain("import-file", "generate", "name=\"orderId\"", "data-testid=\"select-all\"");
        assertThat(as("admin").get("/").asString()).contains("Webhooks", "data-testid=\"generate\"",
                "name=\"orderId\"");
    }

    /** Of the whole network 127.0.0.0/8, which reaches this machine, only one address is the proxy's. */
    @Test
    void fieldsOfOthersThanTheProxy_areNotBelieved() throws Exception {
        assertThat(statusFrom("127.0.0.1", "X-Forwarded-User: ada\r\nX-Forwarded-Groups: admin\r\n")).isEqualTo(200);
        assertThat(statusFrom("127.0.0.2", "X-Forwarded-User: ada\r\nX-Forwarded-Groups: admin\r\n")).isEqualTo(401);
        assertThat(statusFrom("127.0.0.2", "X-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n"
                + "X-Forwarded-User: ada\r\nX-Forwarded-Groups: admin\r\n")).isEqualTo(401);
        assertThat(statusFrom("127.0.0.1", "X-Forwarded-User: ada\r\nX-Forwarded-Groups: viewer\r\n"
                + "X-Forwarded-Groups: admin\r\n")).as("a field that comes twice").isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(UserRole.class)
    void headRequests_areLikeGet(UserRole role) {
        as(role.id()).head("/api/batches")
                .then()
                .statusCode(permissions(role).contains(Permission.VIEW) ? 200 : 403);
    }

    private int status(Route route, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(root.resolve(route.path().replaceAll("\\{\\w+}", "none")))
                .method(route.method(), HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        // A stream of events does not end.
        var response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return response.statusCode();
        }
    }

    private int statusFrom(String address, String fields) throws Exception {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", root.getPort()));
            socket.getOutputStream()
                    .write(("GET /api/load HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }
}
