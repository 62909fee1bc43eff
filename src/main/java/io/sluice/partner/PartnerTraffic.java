package io.sluice.partner;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/** Counts this process' calls of the last minute, and how many of them came to nothing. */
@ApplicationScoped
public class PartnerTraffic {
    private static final int SECONDS = 60;

    private final Map<Partner, Minute> minutes = new ConcurrentHashMap<>();

    Uni<StepResult> count(Partner partner, Uni<StepResult> call) {
        return call.invoke(result -> minute(partner).add(Verdict.of(result).fails()));
    }

    /** What was counted for the partner. */
    public Count of(Partner partner) {
        return minute(partner).sum();
    }

    private Minute minute(Partner partner) {
        return minutes.computeIfAbsent(partner, first -> new Minute());
    }

    /** @param failures of the {@code calls} */
    public record Count(int calls, int failures) {}

    /** One slot a second, used again after a minute. */
    private static final class Minute {
        private final long[] second = new long[SECONDS];
        private final int[] calls = new int[SECONDS];
        private final int[] failures = new int[SECONDS];

        synchronized void add(boolean failed) {
            long now = now();
            int slot = (int) (now % SECONDS);
            if (second[slot] != now) {
                second[slot] = now;
                calls[slot] = 0;
                failures[slot] = 0;
            }
            calls[slot]++;
            failures[slot] += failed ? 1 : 0;
        }

        synchronized Count sum() {
            long oldest = now() - SECONDS;
            int allCalls = 0;
            int allFailures = 0;
            for (int slot = 0; slot < SECONDS; slot++) {
                if (second[slot] > oldest) {
                    allCalls += calls[slot];
                    allFailures += failures[slot];
                }
            }
            return new Count(allCalls, allFailures);
        }

        private static long now() {
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - START) + SECONDS;
        }

        private static final long START = System.nanoTime();
    }
}
