package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.ChildProcess;
import io.sluice.testing.Http;
import io.sluice.testing.Installation;
import io.sluice.testing.SluiceProcess;

/** The simulator as a process of its own, told so by the file beside its jar, and a process that uses it. */
class SimulatorRoleIT {
    private static final Pattern ADDRESS = Pattern.compile("Sluice is ready: simulated partners at (http://.*)/");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void partnersOfAnotherProcess_whichRemembersThemAfterItsDeath() throws Exception {
        Installation installed = Installation.in(folder.resolve("installed"))
                .configured("sluice.role=simulator\nsluice.simulator.host=0.0.0.0\nsluice.simulator.port=0\n"
                        + "sluice.simulator.latency=10ms\nsluice.simulator.failure-rate=0\n");
        Set<String> orders = new HashSet<>();
        try (ChildProcess simulator = start(installed)) {
            String url = url(simulator);
            Map<String, String> settings = Map.of("SLUICE_SIMULATOR_ENABLED", "false", "SLUICE_DEMO_ORDERS", "true",
                    "SLUICE_PARTNERS_CARRIER_URL", url + "/carrier", "SLUICE_PARTNERS_PRINTER_URL", url + "/printer",
                    "SLUICE_PARTNERS_MARKETPLACE_URL", url + "/marketplace");
            try (SluiceProcess sluice = SluiceProcess.start(Files.createDirectory(folder.resolve("sluice")), settings)
                    .awaitReady()) {
                Http.post(sluice.url() + "/api/demo/orders", "{\"count\": 5, \"handling\": \"auto\"}")
                        .expect(201)
                        .json()
                        .get("orderIds")
                        .forEach(id -> orders.add(id.asText()));
                Awaitility.await().atMost(PATIENCE).until(() -> shipped(url).equals(orders));
                assertThat(Http.get(sluice.url() + "/simulator/printer/jobs").status()).isEqualTo(404);
            }
            simulator.kill();
        }
        try (ChildProcess simulator = start(installed)) {
            assertThat(shipped(url(simulator))).isEqualTo(orders);
            assertThat(simulator.terminate()).isZero();
        }
    }

    private ChildProcess start(Installation installed) {
        return ChildProcess.start("simulator", ChildProcess
                .java(List.of("-Dsluice.stop-with=" + ProcessHandle.current().pid(), "-jar",
                        installed.jar().toString()))
                .directory(folder.toFile()));
    }

    private static String url(ChildProcess simulator) {
        return simulator.await(PATIENCE, line -> {
            Matcher address = ADDRESS.matcher(line);
            return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
        });
    }

    private static Set<String> shipped(String url) {
        Set<String> shipped = new HashSet<>();
        for (JsonNode order : Http.get(url + "/simulator/marketplace/orders").expect(200).json()) {
            if (order.hasNonNull("shippedAt")) {
                shipped.add(order.get("orderId").asText());
            }
        }
        return shipped;
    }
}
