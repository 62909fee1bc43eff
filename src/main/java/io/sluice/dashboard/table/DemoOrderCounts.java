package io.sluice.dashboard.table;

import java.util.List;

/** The numbers of demo orders that the page offers. */
record DemoOrderCounts(List<Integer> counts, int selected) {
    static final DemoOrderCounts DEFAULT = new DemoOrderCounts(List.of(1, 5, 10, 15, 20, 100), 5);
}
