package io.sluice.crash;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches with random plans and faults. Seeds are printed; {@code docs/testing.md} describes longer runs. */
@ExtendWith(FleetScenarios.class)
class BatchCampaignIT {
    /** Drawn once: a run after a failure is one of the same seed. */
    private static final long FIRST_SEED = Long.getLong("batches.seed",
            ThreadLocalRandom.current().nextLong(1_000_000));

    @Test
    void randomBatches(Fleet fleet) {
        int rounds = Integer.getInteger("batches.rounds", 2);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + rounds; seed++) {
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
