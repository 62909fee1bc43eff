package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** Whatever a partner did, it still knows after the process is gone. */
class DurabilityTest {

    private static final List<String> INSPECTIONS = List.of("/simulator/carrier/shipments", "/simulator/carrier/voids",
            "/simulator/printer/jobs", "/simulator/marketplace/orders");

    @TempDir
    Path journalDir;

    @Test
    void restart_sameFolder_everythingStillKnown() {
        List<JsonNode> before;
        String tracking;
        try (Simulator simulator = start()) {
            Partners partners = new Partners(simulator.port());
            tracking = partners.createShipment("o-1").text("trackingNumber");
            partners.createShipment("o-2");
            partners.call("POST", "/carrier/shipments/" + tracking + "/void", "o-1:void", null);
            partners.print("o-1", 4);
            partners.call("POST", "/printer/jobs", "o-2:print", "{\"orderId\": \"o-2\"}");
            partners.sendTracking("o-1", tracking);
            partners.markShipped("o-1");
            before = inspect(partners);
        }

        try (Simulator simulator = start()) {
            Partners partners = new Partners(simulator.port());
            assertThat(inspect(partners)).isEqualTo(before);
            Partners.Answer repeated = partners.createShipment("o-1");
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(repeated.text("trackingNumber")).isEqualTo(tracking);
            assertThat(partners.print("o-1", 4).status()).isEqualTo(200);
            assertThat(partners.get("/carrier/shipments?reference=o-1").body().at("/shipments/0/voided").asBoolean())
                    .isTrue();
            assertThat(partners.createShipment("o-3").status()).isEqualTo(201);
        }
    }

    @Test
    void restart_withoutFolder_everythingForgotten() {
        try (Simulator simulator = Simulator.start(SimulatorTestBase.PROMPT_AND_RELIABLE)) {
            new Partners(simulator.port()).createShipment("o-1");
        }
        try (Simulator simulator = Simulator.start(SimulatorTestBase.PROMPT_AND_RELIABLE)) {
            assertThat(new Partners(simulator.port()).createShipment("o-1").status()).isEqualTo(201);
        }
    }

    @Test
    void kill_processDestroyed_answeredShipmentsStillKnown() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp",
                System.getProperty("java.class.path"), SimulatorProcess.class.getName(), journalDir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String tracking;
        try (BufferedReader out = process.inputReader()) {
            Partners partners = new Partners(Integer.parseInt(out.readLine()));
            tracking = partners.createShipment("o-1").text("trackingNumber");
            assertThatThrownBy(this::start).hasMessageContaining("in use by another simulator");
        } finally {
            process.destroyForcibly().waitFor();
        }

        try (Simulator simulator = start()) {
            Partners.Answer repeated = new Partners(simulator.port()).createShipment("o-1");
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(repeated.text("trackingNumber")).isEqualTo(tracking);
        }
    }

    @Test
    void journal_tornLastLine_droppedAndWritingGoesOn() throws IOException {
        try (Simulator simulator = start()) {
            new Partners(simulator.port()).createShipment("o-1");
        }
        Files.writeString(journalDir.resolve("carrier.ndjson"), "{\"idempotencyKey\":\"o-2:cre",
                StandardOpenOption.APPEND);

        try (Simulator simulator = start()) {
            Partners partners = new Partners(simulator.port());
            assertThat(partners.get("/simulator/carrier/shipments").texts("orderId")).containsExactly("o-1");
            partners.createShipment("o-2");
        }
        try (Simulator simulator = start()) {
            assertThat(new Partners(simulator.port()).get("/simulator/carrier/shipments").texts("orderId"))
                    .containsExactly("o-1", "o-2");
        }
    }

    @Test
    void journal_damagedLine_startNamesFileAndLine() throws IOException {
        Files.writeString(journalDir.resolve("printer.ndjson"), "not JSON\n");

        assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Line 1")
                .hasMessageContaining("printer.ndjson");
    }

    @Test
    void journal_usedByAnotherSimulator_startSaysSo() {
        try (Simulator first = start()) {
            assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another simulator");
            assertThat(new Partners(first.port()).createShipment("o-1").status()).isEqualTo(201);
        }
    }

    private Simulator start() {
        return Simulator.start(new SimulatorSettings(0, Duration.ZERO, 0, 1L, journalDir));
    }

    private static List<JsonNode> inspect(Partners partners) {
        return INSPECTIONS.stream().map(path -> partners.get(path).body()).toList();
    }
}
