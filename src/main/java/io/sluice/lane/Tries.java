package io.sluice.lane;

import java.util.List;
import java.util.UUID;

/**
 * What the holder of a lane has just tried.
 *
 * @param asked    the orders about which a question of the present probe got no usable answer
 * @param probed   the orders that the present probe of the partner was made with, in their sequence
 * @param answers  whether the partner answers questions since the last failure
 * @param answered whether the last call was answered
 * @param again    the order that was tried once more before a trial; or null
 */
public record Tries(List<UUID> asked, List<UUID> probed, boolean answers, boolean answered, UUID again) {
    public static final Tries NONE = new Tries(List.of(), List.of(), false, false, null);

    boolean ofAProbe() {
        return !asked.isEmpty() || !probed.isEmpty();
    }

    boolean contain(UUID order) {
        return asked.contains(order) || probed.contains(order);
    }

    /** Whether a probe whose call has failed goes on, because the order may be to blame. */
    boolean goesOn(boolean thorough) {
        return answers && (answered || thorough);
    }
}
