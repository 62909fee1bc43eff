package io.sluice.lane;

import java.util.List;
import java.util.UUID;

/**
 * What the holder of a lane has just tried.
 *
 * @param probed   the orders that the present probe of the partner was made with, in their sequence
 * @param answers  whether the partner answers questions since the last of them
 * @param answered whether the last of them was answered
 * @param again    the order that was tried once more before a trial; or null
 */
public record Tries(List<UUID> probed, boolean answers, boolean answered, UUID again) {
    public static final Tries NONE = new Tries(List.of(), false, false, null);

    /** Whether a probe that has failed goes on, because the order may be to blame. */
    boolean goesOn(boolean thorough) {
        return answers && (answered || thorough);
    }
}
