package io.sluice.crash;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random faults. The seed is printed; {@code docs/testing.md} describes longer runs. */
@ExtendWith(FleetScenarios.class)
class CampaignIT {
    /** Drawn once: a run after a failure is one of the same seed. */
    private static final long SEED = Long.getLong("campaign.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    @Test
    void randomTroubles(Fleet fleet) {
        int size = Integer.getInteger("campaign.orders", 150);
        String repeat = "-Dcampaign.orders=%d -Dcampaign.seed=%d".formatted(size, SEED);
        System.out.println("Campaign: " + repeat);
        try {
            new Campaign(fleet, size, SEED).run().assertEnds(Set.of("HANDLED", "CANCELLED", "FAILED"));
        } catch (AssertionError broken) {
            throw new AssertionError("Campaign " + repeat + ": " + broken.getMessage(), broken);
        }
    }
}
