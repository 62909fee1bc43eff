package io.sluice.crash;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random faults. The seed is printed; {@code docs/testing.md} describes longer runs. */
@ExtendWith(FleetScenarios.class)
class CampaignIT {

    @Test
    void randomTroubles(Fleet fleet) {
        int size = Integer.getInteger("campaign.orders", 150);
        long seed = Long.getLong("campaign.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        String repeat = "-Dcampaign.orders=%d -Dcampaign.seed=%d".formatted(size, seed);
        System.out.println("Campaign: " + repeat);
        try {
            new Campaign(fleet, size, seed).run().assertEnds(Set.of("HANDLED", "CANCELLED", "FAILED"));
        } catch (AssertionError broken) {
            throw new AssertionError("Campaign " + repeat + ": " + broken.getMessage(), broken);
        }
    }
}
