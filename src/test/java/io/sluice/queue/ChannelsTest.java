package io.sluice.queue;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ChannelsTest {
    private static final String MESSAGING = "checks.find { it.name == 'SmallRye Reactive Messaging - readiness check' }";

    @Test
    void gaugeAndHealth_tellThatMessagesAreReceived() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/metrics")
                        .then()
                        .body(containsString("sluice_broker_receiving 1.0")));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(MESSAGING + ".data.work", is("[OK] - receiving"));
    }
}
