package io.sluice.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** Of a process with the role {@code all}; those of the other roles have the same test. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class MetricsTest {

    @Test
    void metrics_areThoseOfTheTable() {
        DocumentedMetrics.assertThatRoleHasThem("all");
    }

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    /** At least: orders of other tests may still be handled. */
    @Test
    void counters_countWhatHappens() {
        ExposedMetrics before = ExposedMetrics.now();
        Api.postHandled();
        Partners.set("carrier", Map.of("failureRate", 1));
        Api.awaitStatus(Api.post(Api.order()), "FAILED");
        ExposedMetrics after = ExposedMetrics.now();
        Map.of("sluice_orders_accepted_total", 2, "sluice_orders_handled_total", 1, "sluice_orders_failed_total", 1)
                .forEach((name, more) -> assertThat(after.sum(name, Map.of()) - before.sum(name, Map.of())).as(name)
                        .isGreaterThanOrEqualTo(more.doubleValue()));
        for (String outcome : List.of("SUCCEEDED", "FAILED")) {
            Map<String, String> labels = Map.of("step", "create-shipment", "outcome", outcome);
            String attempts = "sluice_attempt_duration_seconds_count";
            assertThat(after.sum(attempts, labels) - before.sum(attempts, labels)).as(outcome)
                    .isGreaterThanOrEqualTo(1);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> ExposedMetrics.now().sum("sluice_orders", Map.of("status", "FAILED")) > 0);
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
