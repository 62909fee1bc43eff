package io.sluice.crash;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be found out about a batch that has come to its end.
 *
 * @param asked    the orders that it was to be made of, in the sequence of their positions
 * @param rejected those of them that it has not taken
 * @param retries  how often somebody has retried it, or an order of it, with success
 * @param restarts when it began to run again, after it had ended before its time
 * @param now      how the API tells of it
 * @param told     what its events have said, oldest first
 */
record BatchStory(String id, String printOrder, List<String> asked, Set<String> rejected, List<Item> items,
        int retries, List<Instant> restarts, Progress now, List<Progress> told) {

    /** Its status, and how many of its orders stand how. */
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
     * @param marked whether it is said to come out of sequence
     * @param heldUp whether it was DELAYED or FAILED while it was in the batch
     * @param inside whether it is in the batch still
     */
    record Item(int position, String orderId, String status, String reason, boolean marked, boolean heldUp,
            boolean inside) {}

    boolean gated() {
        return !printOrder.equals("any");
    }

    /** How often it had been started again by then. */
    long run(Instant at) {
        return restarts.stream().filter(restart -> restart.isBefore(at)).count();
    }

    Optional<Item> item(String orderId) {
        return items.stream().filter(item -> item.orderId().equals(orderId)).findAny();
    }

    /** The place in the sequence in which its orders go through a gate: lower ones go first. */
    int rank(Item item) {
        return printOrder.equals("reversed") ? -item.position() : item.position();
    }
}
