package io.sluice.crash;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything known about a finished batch.
 *
 * @param asked    the requested orders, by position
 * @param rejected the requested orders that were not taken
 * @param retries  the number of successful retries of the batch or of one of its orders
 * @param restarts when the batch ran again after it had been stopped or aborted
 * @param now      the state reported by the API
 * @param told     the states reported by events, oldest first
 */
record BatchStory(String id, String printOrder, List<String> asked, Set<String> rejected, List<Item> items,
        int retries, List<Instant> restarts, Progress now, List<Progress> told) {

    /** The status and the order counts. */
    record Progress(String status, Map<String, Integer> counts) {

        boolean running() {
            return status.equals("RUNNING");
        }

        boolean endedEarly() {
            return status.equals("STOPPED") || status.equals("ABORTED");
        }
    }

    /**
     * An order of the batch.
     *
     * @param reason why it failed, or null
     * @param marked whether it is reported as out of sequence
     * @param heldUp whether it was DELAYED or FAILED while in the batch
     * @param inside whether it is still in the batch
     */
    record Item(int position, String orderId, String status, String reason, boolean marked, boolean heldUp,
            boolean inside) {}

    boolean gated() {
        return !printOrder.equals("any");
    }

    /** The number of restarts before this time. */
    long run(Instant at) {
        return restarts.stream().filter(restart -> restart.isBefore(at)).count();
    }

    Optional<Item> item(String orderId) {
        return items.stream().filter(item -> item.orderId().equals(orderId)).findAny();
    }

    /** The rank of the order in the lanes; lower ranks go first. */
    int rank(Item item) {
        return printOrder.equals("reversed") ? -item.position() : item.position();
    }
}
