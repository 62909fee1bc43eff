package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Http;
import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;

/**
 * PostgreSQL runs, but takes no writes. Requests are answered with 503, the process is unready, and it recovers without
 * a restart. The log has one line for the beginning and one for the end.
 */
@ExtendWith(FleetScenarios.class)
class DatabaseTroubleIT {

    @Test
    void readOnly(Fleet fleet) {
        endures(fleet, "read-only transaction", () -> fleet.database.set("default_transaction_read_only", "on"),
                () -> fleet.database.set("default_transaction_read_only", null));
    }

    /** An update of a row needs no more disk space; a temporary file does. */
    @Test
    void noTemporaryFiles_asWithAFullDisk(Fleet fleet) {
        endures(fleet, "temp_file_limit", () -> fleet.database.set("temp_file_limit", "100kB"),
                () -> fleet.database.set("temp_file_limit", null));
    }

    @Test
    void frozen(Fleet fleet) {
        endures(fleet, "no answer", fleet.database::freeze, fleet.database::thaw);
    }

    @Test
    void wrongPassword(Fleet fleet) {
        endures(fleet, "password authentication failed", fleet.database::lockOut, fleet.database::letIn);
    }

    private static void endures(Fleet fleet, String reason, Runnable trouble, Runnable end) {
        fleet.steadyWorkers(1);
        OrderBook orders = fleet.openBook();
        SluiceProcess api = fleet.launchApi(Ports.free(), fleet.database.port(), fleet.broker.port())
                .awaitReady();
        String id = orders.accept(api.url(), "before").expect(202).json().path("id").asText();
        trouble.run();
        try {
            // Under way when the process notices.
            List<CompletableFuture<Http.Answer>> first = List.of(
                    CompletableFuture.supplyAsync(() -> Http.get(api.url() + "/api/orders/" + id)),
                    CompletableFuture.supplyAsync(() -> Http.get(api.url() + "/")));
            orders.await("the process is unready", () -> Http.get(api.url() + "/q/health/ready").status() == 503);
            orders.await("it tells the reason",
                    () -> Http.get(api.url() + "/q/health/ready").body().contains(reason));
            Http.get(api.url() + "/q/health/live").expect(200);
            assertHonest(orders.accept(api.url(), "M-" + UUID.randomUUID()));
            assertHonest(Http.get(api.url() + "/api/orders/" + id));
            assertHonest(Http.get(api.url() + "/"));
            first.forEach(answer -> assertThat(answer.join().status()).isIn(200, 503));
        } finally {
            end.run();
        }
        for (String url : List.of(api.url(), fleet.apiUrl())) {
            orders.await("the process is ready", () -> Http.get(url + "/q/health/ready").status() == 200);
        }
        orders.accept(api.url(), "after").expect(202);
        orders.assertAllHandled();
        // On an overloaded machine, threads are blocked and the broker is slow.
        assertThat(api.output()).filteredOn(line -> line.matches("\\S+ \\S+ (WARN|ERROR) .*"))
                .filteredOn(line -> !line.contains("has been blocked") && !line.contains("The broker"))
                .as("warnings")
                .singleElement()
                .asString()
                .contains("The database takes no writes");
        assertThat(api.output()).filteredOn(line -> line.contains("The database takes writes again")).hasSize(1);
    }

    private static void assertHonest(Http.Answer answer) {
        answer.expect(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.retryAfter()).isPresent();
    }
}
