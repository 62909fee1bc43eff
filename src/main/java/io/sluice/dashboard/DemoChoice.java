package io.sluice.dashboard;

import java.util.List;

/** How many demo orders can be had at once from the page. */
record DemoChoice(List<Integer> counts, int usual) {
    static final DemoChoice OFFERED = new DemoChoice(List.of(1, 5, 10, 15, 20, 100), 5);
}
