package io.sluice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testing.SluiceServices;

/** Where a problem leads a developer: to the page of its type, and to the line of the log. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ProblemPagesTest {
    @TestHTTPResource("/")
    URI base;

    /** Refused by a resource, by the framework, and before either. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/orders?limit=x", "/api/orders/0192e6ba-3c5e-7a4f-8d6b-9e0f1a2b3c4d", "/api/nothing",
            "/api/%F0"})
    void everyProblem_leadsToItsPage(String path) {
        Response problem = given().urlEncodingEnabled(false).get(path);
        String link = problem.header("Link");
        assertThat(link).endsWith(">; rel=\"help\"");
        URI page = base.resolve(path.split("\\?")[0]).resolve(link.substring(1, link.indexOf('>')));
        given().get(page).then().statusCode(200).body(containsString(problem.path("type")));
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyType_hasAPage(ProblemType type) {
        given().get("/problems/" + type.id())
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString(type.uri()));
        given().get("/problems").then().statusCode(200).body(containsString("id=\"" + type.id() + "\""));
    }

    @Test
    void unknownType_hasNone() {
        given().get("/problems/nothing").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/load", "/api/orders?limit=x", "/api/nothing", "/q/health/live",
            "/api/%F0"})
    void requestId_isReturned_orMade(String path) {
        given().urlEncodingEnabled(false)
                .header("X-Request-Id", "shop:4711")
                .get(path)
                .then()
                .header("X-Request-Id", is("shop:4711"));
        given().urlEncodingEnabled(false)
                .header("X-Request-Id", "two words")
                .get(path)
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }
}
