package io.sluice.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

/** Of a process with the role {@code all}; those of the other roles have the same test. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class MetricsTest {

    @Test
    void metrics_areThoseOfTheTable() {
        DocumentedMetrics.assertThatRoleHasThem("all");
    }

    @Test
    void alertsAndDashboard_askForMetricsThatExist() {
        Api.send(Api.order().manual());
        // Some metrics of requests are there only after the first one has been answered.
        given().get("/api/load").then().statusCode(200);
        ExposedMetrics exposed = ExposedMetrics.now();
        List<Expression.Selected> selected = Observability.expressions()
                .stream()
                .flatMap(expression -> expression.selected().stream())
                .distinct()
                .toList();
        assertThat(selected).hasSizeGreaterThan(50)
                .allMatch(one -> exposed.find(one.metric(), one.labels()));
    }
}
