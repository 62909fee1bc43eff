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

import io.sluice.testing.IppPeer;

/** A printer that prints whatever it is sent, as often as it is sent, while the workers that print are killed. */
@ExtendWith(FleetScenarios.class)
class RealPrinterIT {
    private static final int SLIPS = 14;
    /** Drawn once: a run after a failure is one of the same seed. */
    private static final long SEED = Long.getLong("printer.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    @TempDir
    Path folder;

    @Test
    void batchWhoseWorkersDieWhileTheyPrint_comesOutOnce_inSequence(Fleet fleet) {
        fleet.dismissWorkers();
        Random random = new Random(SEED);
        List<PrintingDeath> deaths = new ArrayList<>(List.of(PrintingDeath.values()));
        Collections.shuffle(deaths, random);
        System.out.printf("-Dprinter.seed=%d: %s%n", SEED, deaths);
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
            orders.await("the batch has ended", batch::ended);

            assertThat(batch.now().path("status").asText()).isEqualTo("COMPLETED");
            assertThat(printer.jobs()).containsExactlyElementsOf(
                    listed.stream().map(order -> order + "_print-packing-slip").toList());
            assertThat(printer.documents()).allMatch(RealPrinterIT::isWhole);
            assertThat(batch.items()).noneMatch(item -> item.path("outOfSequence").asBoolean());
            // Else the moments were missed.
            assertThat(orders.attempts("e.step = 'print-packing-slip' and e.reason_code = 'worker-lost'"))
                    .as("prints that a worker was lost over")
                    .isGreaterThanOrEqualTo(3);
            assertThat(orders.attempts("e.step = 'print-packing-slip' and e.reason_code = 'found-at-partner'"))
                    .as("slips that the printer was found to have")
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static boolean isWhole(byte[] slip) {
        return new String(slip, ISO_8859_1).stripTrailing().endsWith("%%EOF");
    }
}
