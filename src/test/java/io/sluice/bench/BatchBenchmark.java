package io.sluice.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.bench.BatchStand.Run;

/**
 * Measures a batch against its theoretical limit and against a worker that handles one order at a time. Runs only on
 * request; see {@code docs/benchmarks.md}.
 */
class BatchBenchmark {
    private static final int ORDERS = Integer.getInteger("bench.orders", 200);
    private static final int STEPS = 4;
    private static final double STEP_SECONDS = 0.1;
    /** The first order needs all steps; every further order adds one call to the printer. */
    private static final double LIMIT = (ORDERS + STEPS - 1) * STEP_SECONDS;
    private static final Map<String, String> ONE_AT_A_TIME = Map.of("SLUICE_HANDLING_CONCURRENCY", "1");

    @TempDir
    Path folder;

    @Test
    void batchTimeComparedToLimit() throws Exception {
        System.out.println("first step of the plan | run | seconds | ratio to the limit"
                + " | ratio to one order at a time | first slip, s | median ms between slips");
        for (String plan : List.of("print-packing-slip,create-shipment,send-tracking,mark-shipped",
                "create-shipment,print-packing-slip,send-tracking,mark-shipped")) {
            try (BatchStand stand = BatchStand.start(folder.resolve(plan.substring(0, 5)), plan)) {
                stand.replaceWorkers(1, ONE_AT_A_TIME);
                double floor = stand.sendOnly(ORDERS) + (STEPS - 1) * STEP_SECONDS;
                System.out.printf("%s first | slips sent by a bare client | %.1f | %.3f%n", first(plan), floor,
                        floor / LIMIT);
                Run single = stand.measure(ORDERS, "as-listed");
                print(first(plan), "ordered, one order at a time", single, single);
                stand.replaceWorkers(1, Map.of());
                print(first(plan), "ordered, one worker", stand.measure(ORDERS, "as-listed"), single);
                stand.setFailureRate(0.05);
                print(first(plan), "ordered, 5 % of calls refused", stand.measure(ORDERS, "as-listed"), single);
                stand.setFailureRate(0);
                print(first(plan), "any, one worker", stand.measure(ORDERS, "any"), single);
                stand.replaceWorkers(2, Map.of());
                print(first(plan), "ordered, two workers", stand.measure(ORDERS, "as-listed"), single);
            }
        }
    }

    private static String first(String plan) {
        return plan.substring(0, plan.indexOf(','));
    }

    private static void print(String step, String name, Run run, Run single) {
        System.out.printf("%s first | %s | %.1f | %.3f | %.3f | %.2f | %d%n", step, name,
                run.seconds(), run.seconds() / LIMIT, run.seconds() / single.seconds(), run.firstSlip(), run.gapMs());
    }
}
