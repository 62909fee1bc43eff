package io.sluice.crash;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches with random plans and faults. Seeds are printed; {@code docs/testing.md} describes longer runs. */
@ExtendWith(FleetScenarios.class)
class BatchCampaignIT {

    @Test
    void randomBatches(Fleet fleet) {
        int rounds = Integer.getInteger("batches.rounds", 2);
        long first = Long.getLong("batches.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        for (long seed = first; seed < first + rounds; seed++) {
            String repeat = "-Dbatches.rounds=1 -Dbatches.seed=" + seed;
            try {
                List<String> wrong = new BatchCampaign(fleet, seed).run();
                if (!wrong.isEmpty()) {
                    throw new AssertionError(String.join("\n", wrong));
                }
            } catch (AssertionError broken) {
                throw new AssertionError(repeat + ": " + broken.getMessage(), broken);
            }
        }
    }
}
