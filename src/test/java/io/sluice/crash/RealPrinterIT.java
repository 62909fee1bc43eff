package io.sluice.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.Http;
import io.sluice.testing.IppPeer;

/** A printer that prints every request, even repeated ones, while printing workers are killed. */
@ExtendWith(FleetScenarios.class)
class RealPrinterIT {
    private static final int SLIPS = 14;

    @TempDir
    Path folder;

    @Test
    void batchWhoseWorkersDieWhileTheyPrint_comesOutOnce_inSequence(Fleet fleet) {
        fleet.dismissWorkers();
        long seed = Long.getLong("printer.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        Random random = new Random(seed);
        List<PrintingDeath> deaths = new ArrayList<>(List.of(PrintingDeath.values()));
        Collections.shuffle(deaths, random);
        System.out.printf("-Dprinter.seed=%d: %s%n", seed, deaths);
        try (IppPeer printer = IppPeer.quick(folder)) {
            OrderBook orders = fleet.openBook("manual");
            PrintingWorkers workers = new PrintingWorkers(fleet, printer, orders);
            List<String> listed = orders.post(SLIPS);
            CampaignBatch batch = CampaignBatch.listing(fleet.apiUrl(), listed, "as-listed", "wait");
            for (PrintingDeath death : deaths) {
                workers.awaitSheets(workers.sheets() + random.nextInt(3));
                death.happensTo(workers);
            }
            orders.await("all are handled", () -> orders.handled() == SLIPS);
            orders.await("the batch has ended", () -> batch.now().path("finishedAt").isTextual());

            assertThat(batch.now().path("status").asText()).isEqualTo("COMPLETED");
            assertThat(printer.jobs()).containsExactlyElementsOf(
                    listed.stream().map(order -> order + "_print-packing-slip").toList());
            assertThat(printer.documents()).allMatch(RealPrinterIT::isWhole);
            assertThat(items(fleet, batch)).noneMatch(item -> item.path("outOfSequence").asBoolean());
            // Proves that workers were killed at these moments.
            assertThat(orders.attempts("e.step = 'print-packing-slip' and e.reason_code = 'worker-lost'"))
                    .as("prints interrupted by a lost worker")
                    .isGreaterThanOrEqualTo(3);
            assertThat(orders.attempts("e.step = 'print-packing-slip' and e.reason_code = 'found-at-partner'"))
                    .as("slips found at the printer")
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static boolean isWhole(byte[] slip) {
        return new String(slip, ISO_8859_1).stripTrailing().endsWith("%%EOF");
    }

    private static JsonNode items(Fleet fleet, CampaignBatch batch) {
        return Http.get("%s/api/batches/%s/items".formatted(fleet.apiUrl(), batch.id()))
                .expect(200)
                .json()
                .path("items");
    }
}
