package io.sluice.lane;

import io.sluice.order.Step;

/**
 * A lane that this worker holds.
 *
 * @param name  {@code print-packing-slip/printer}
 * @param fence the fencing token: what is written with an older one is refused
 */
public record Lane(String name, Step step, long fence) {

    /** The name of the lane at a step; of a printer's own lane if {@code printer} is not null. */
    public static String name(Step step, String printer) {
        return printer == null ? step.wireName() : step.wireName() + "/" + printer;
    }
}
