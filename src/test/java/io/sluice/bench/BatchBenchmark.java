package io.sluice.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        System.out
                .println("first step of the plan | run | seconds | ratio to the limit | ratio to one order at a time");
        for (String plan : List.of("print-packing-slip,create-shipment,send-tracking,mark-shipped",
                "create-shipment,print-packing-slip,send-tracking,mark-shipped")) {
            try (BatchStand stand = BatchStand.start(folder.resolve(plan.substring(0, 5)), plan)) {
                stand.replaceWorkers(1, ONE_AT_A_TIME);
                double single = stand.measure(ORDERS, "as-listed");
                print(plan, "ordered, one order at a time", single, single);
                stand.replaceWorkers(1, Map.of());
                print(plan, "ordered, one worker", stand.measure(ORDERS, "as-listed"), single);
                stand.setFailureRate(0.05);
                print(plan, "ordered, 5 % of calls refused", stand.measure(ORDERS, "as-listed"), single);
                stand.setFailureRate(0);
                print(plan, "any, one worker", stand.measure(ORDERS, "any"), single);
                stand.replaceWorkers(2, Map.of());
                print(plan, "ordered, two workers", stand.measure(ORDERS, "as-listed"), single);
            }
        }
    }

    private static void print(String plan, String run, double seconds, double single) {
        System.out.printf("%s first | %s | %.1f | %.3f | %.3f%n", plan.substring(0, plan.indexOf(',')), run, seconds,
                seconds / LIMIT, seconds / single);
    }
}
