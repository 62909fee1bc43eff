package io.sluice.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.observability.DocumentedMetrics;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(WorkerRoleTest.Worker.class)
class WorkerRoleTest {

    @Test
    void onlyHealthAndMetrics() {
        given().get("/q/health/live").then().statusCode(200);
        for (String path : new String[]{"/", "/api/orders", "/q/../api/orders"}) {
            HttpErrorsTest.problem(given().get(path).then(), 404, null).body("detail", containsString("worker"));
        }
    }

    @Test
    void metrics_areThoseOfTheTable() {
        DocumentedMetrics.assertThatRoleHasThem("worker");
    }

    public static class Worker implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.role", "worker");
        }
    }
}
