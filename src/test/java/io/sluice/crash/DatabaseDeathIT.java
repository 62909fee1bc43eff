package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Http;

/** PostgreSQL is killed and restarted. Accepted orders survive; requests are answered with 503 meanwhile. */
@ExtendWith(FleetScenarios.class)
class DatabaseDeathIT {

    @Test
    void killedAndRestarted_503Meanwhile_goesOnByItself(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        try (Load load = new Load(orders, fleet.apiUrl())) {
            for (int i = 0; i < 2; i++) {
                load.awaitMore(25);
                fleet.database.kill();
                assertHonest(orders.accept(fleet.apiUrl(), "P-" + UUID.randomUUID()));
                assertHonest(Http.get(fleet.apiUrl() + "/api/orders/" + orders.accepted().get(0)));
                Http.get(fleet.apiUrl() + "/q/health/live").expect(200);
                fleet.database.start();
                load.awaitMore(25);
            }
            assertThat(load.refusals()).allSatisfy(DatabaseDeathIT::assertHonest);
            assertThat(load.unanswered()).isZero();
        }
        orders.assertAllHandled();
    }

    private static void assertHonest(Http.Answer answer) {
        answer.expect(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.retryAfter()).isPresent();
    }
}
