package io.sluice.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random plan with further settings, shared by the API process and all workers.
 *
 * @param latencyMs the latency of partners without faults
 */
record HandlingDraw(List<String> steps, List<String> orderedSteps, int lookAhead, int patienceMs, int concurrency,
        int workers, int latencyMs) {
    private static final String PRINT = "print-packing-slip";

    static HandlingDraw of(Random random) {
        List<String> steps = steps(random);
        List<String> ordered = new ArrayList<>(List.of(PRINT));
        if (random.nextBoolean()) {
            List<String> others = new ArrayList<>(steps);
            others.remove(PRINT);
            ordered.add(others.get(random.nextInt(others.size())));
        }
        return new HandlingDraw(steps, ordered, 1 + random.nextInt(20),
                200 + random.nextInt(random.nextBoolean() ? 300 : 2800),
                1 + random.nextInt(random.nextBoolean() ? 4 : 32), 1 + random.nextInt(2), 10 + random.nextInt(60));
    }

    private static List<String> steps(Random random) {
        List<String> steps = new ArrayList<>(Invariants.PLAN);
        do {
            Collections.shuffle(steps, random);
        } while (steps.indexOf("send-tracking") < steps.indexOf("create-shipment"));
        if (random.nextInt(4) == 0) {
            steps.remove("mark-shipped");
        }
        return List.copyOf(steps);
    }

    Map<String, String> environment() {
        return Map.of("SLUICE_HANDLING_STEPS", String.join(",", steps), "SLUICE_HANDLING_ORDERED_STEPS",
                String.join(",", orderedSteps), "SLUICE_HANDLING_LOOK_AHEAD", Integer.toString(lookAhead),
                "SLUICE_HANDLING_LANE_PATIENCE", patienceMs + "ms", "SLUICE_HANDLING_CONCURRENCY",
                Integer.toString(concurrency));
    }
}
