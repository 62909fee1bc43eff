package io.sluice.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What is in store for one call: draws from 0 (inclusive) to 1 that depend on nothing but seed, name (an idempotency
 * key, or what is looked up) and the how-manieth of that name it is, so that a run can be repeated whatever its calls'
 * order.
 */
record Fate(double refusal, double loss, double reason, double fault) {

    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    static Fate of(long seed, String call, int number) {
        long hash = FNV_OFFSET_BASIS ^ seed;
        for (int i = 0; i < call.length(); i++) {
            hash = (hash ^ call.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ number) * FNV_PRIME;
        // FNV-1a alone leaves similar keys similar; SplittableRandom scrambles its seed thoroughly.
        SplittableRandom random = new SplittableRandom(hash);
        return new Fate(random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble());
    }

    boolean refusedAt(double failureRate) {
        return refusal < failureRate;
    }

    boolean lostAt(double lostResponseRate) {
        return loss < lostResponseRate;
    }

    boolean faultyAt(double faultRate) {
        return fault < faultRate;
    }

    String reasonFrom(List<String> reasons) {
        return reasons.get((int) (reason * reasons.size()));
    }
}
