package io.sluice.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.access.Permission;
import io.sluice.access.Route;
import io.sluice.access.Routes;
import io.sluice.http.AskedForState;
import io.sluice.store.Rows;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Every route that changes something leaves its entry in the audit, in the transaction of the change. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class AuditedRoutesTest {
    private static final AuditExamples EXAMPLES = new AuditExamples();
    /** Orders say themselves where they came from. */
    private static final Set<Permission> NOT_AUDITED = Set.of(Permission.READ, Permission.VIEW, Permission.SUBMIT);

    @Inject
    Pool pool;

    static Stream<Route> changing() {
        return Routes.all()
                .stream()
                .filter(route -> !route.method().equals("GET"))
                // It only looks.
                .filter(route -> !route.path().equals("/dashboard/personal-data"))
                .filter(route -> route.permission().filter(needed -> !NOT_AUDITED.contains(needed)).isPresent());
    }

    @AfterEach
    void asBefore() {
        given().post("/api/partners/printer/resume").then().statusCode(200);
        given().post("/api/partners/dhl/resume").then().statusCode(200);
        pool.query("delete from import_problem").executeAndAwait();
        pool.query("delete from webhook where channel in ('none', 'other')").executeAndAwait();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void success_isInTheAuditOnce(Route route) {
        AuditExamples.Example example = EXAMPLES.of(route.method() + " " + route.path());
        String requestId = "audit-" + UUID.randomUUID();
        Response answer = send(route, requestId, example.id(), example.request().apply(given()));
        assertThat(answer.statusCode()).as(answer.asString()).isLessThan(400);
        assertThat(entries(requestId)).containsExactlyInAnyOrderElementsOf(example.actions());
        if (!example.id().isEmpty()) {
            given().queryParam("subject", example.id().get(0))
                    .queryParam("action", example.actions().get(0))
                    .get("/api/audit")
                    .then()
                    .statusCode(200)
                    .body("items[0].requestId", is(requestId))
                    .body("items[0].address", is("127.0.0.1"))
                    .body("items[0].actor",
                            is(route.path().startsWith("/api") ? "api" : "dashboard"));
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void refusal_isNotInTheAudit(Route route) {
        String requestId = "audit-" + UUID.randomUUID();
        RequestSpecification request = route.path().startsWith("/dashboard")
                ? given().contentType("application/x-www-form-urlencoded")
                : given().header("If-Match", "*").contentType("application/json").body("{\"nonsense\": 1}");
        send(route, requestId, List.of(UUID.randomUUID(), 1), request);
        if (!route.path().equals("/dashboard/demo-orders") && !route.path().equals("/dashboard/matching")) {
            assertThat(entries(requestId)).isEmpty();
        }
    }

    /** The audit refuses its entry, so the database keeps nothing of the change either. */
    @ParameterizedTest
    @MethodSource("changing")
    void whatTheAuditDoesNotTake_isNotDone(Route route) {
        AuditExamples.Example example = EXAMPLES.of(route.method() + " " + route.path());
        pool.query("""
                alter table audit drop constraint if exists no_such_request;
                alter table audit add constraint no_such_request check (request_id not like 'refused-%') not valid
                """).executeAndAwait();
        try {
            OffsetDateTime start = OffsetDateTime.now();
            Map<String, String> before = AskedForState.of(pool, start);
            Response answer = send(route, "refused-" + UUID.randomUUID(), example.id(),
                    example.request().apply(given()));
            assertThat(answer.statusCode()).as(answer.asString()).isGreaterThanOrEqualTo(500);
            assertThat(AskedForState.of(pool, start)).isEqualTo(before);
        } finally {
            pool.query("alter table audit drop constraint no_such_request").executeAndAwait();
        }
    }

    private static Response send(Route route, String requestId, List<?> ids, RequestSpecification request) {
        String path = route.path();
        for (Object id : ids) {
            path = path.replaceFirst("\\{\\w+}", id.toString());
        }
        return request.redirects()
                .follow(false)
                .header("X-Request-Id", requestId)
                .request(route.method(), path);
    }

    private List<String> entries(String requestId) {
        return Rows.all(pool.preparedQuery("select action from audit where request_id = $1")
                .executeAndAwait(Tuple.of(requestId)), row -> row.getString(0));
    }
}
