package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;

/** The orders that are not part of a batch: the first ten thousand by name, the others counted. */
final class Rejections {
    static final int MAX_NAMED = 10_000;

    private final List<Rejected> named = new ArrayList<>();
    private int total;

    void add(Rejected rejected) {
        if (named.size() < MAX_NAMED) {
            named.add(rejected);
        }
        total++;
    }

    /** Adds some of which only the first ones are known by name. */
    void add(List<Rejected> first, int all) {
        first.forEach(this::add);
        total += all - first.size();
    }

    List<Rejected> named() {
        return named;
    }

    int total() {
        return total;
    }
}
