package io.sluice.crash;

import java.time.Instant;
import java.util.Collection;
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
     * @param delays what held it up while it was in the batch
     * @param inside whether it is in the batch still
     */
    record Item(int position, String orderId, String status, String reason, boolean marked, Set<Delay> delays,
            boolean inside) {

        /** Whether it was held up for a reason of its own. */
        boolean heldUp(Collection<String> orderedSteps) {
            return delays.stream().anyMatch(delay -> delay.itsOwn(orderedSteps));
        }
    }

    /**
     * An attempt after which an order was DELAYED or FAILED.
     *
     * @param reason     its code
     * @param httpStatus what the partner answered; null if it did not
     */
    record Delay(String status, String step, String reason, Integer httpStatus) {
        private static final Set<String> OF_THE_PARTNER = Set.of("partner-down", "partner-paused");
        /** With these a partner speaks of itself. */
        private static final Set<Integer> OF_THE_SERVICE = Set.of(408, 503);

        /**
         * Whether the order was delayed for a reason of its own. While the partner of an ordered step is down or
         * paused, the lane stands still; but an error that the partner answered may be the order's.
         */
        boolean itsOwn(Collection<String> orderedSteps) {
            boolean answered = httpStatus != null && !OF_THE_SERVICE.contains(httpStatus);
            return status.equals("FAILED") || !orderedSteps.contains(step) || !OF_THE_PARTNER.contains(reason)
                    || answered;
        }
    }

    /** Whether its orders go through lanes. */
    boolean sequenced() {
        return !printOrder.equals("any");
    }

    /** How often it had been started again by then. */
    long run(Instant at) {
        return restarts.stream().filter(restart -> restart.isBefore(at)).count();
    }

    Optional<Item> item(String orderId) {
        return items.stream().filter(item -> item.orderId().equals(orderId)).findAny();
    }

    /** The place in the sequence in which its orders go through a lane: lower ones go first. */
    int rank(Item item) {
        return printOrder.equals("reversed") ? -item.position() : item.position();
    }
}
