package io.sluice.dashboard.batch;

import io.sluice.batch.BatchItemView;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.StatusBadge;

/**
 * An order of a batch, as its page shows it.
 *
 * @param name the order number
 */
record ItemRow(BatchItemView item, String name) {

    public String position() {
        return Format.number(item.position());
    }

    public StatusBadge badge() {
        return new StatusBadge(item.status());
    }

    /** The current or failed step, or null. */
    public String step() {
        return item.step() == null ? null : Format.sentence(item.step());
    }

    /** Why the order is held or failed, or null. */
    public String reason() {
        return item.reason() == null
                ? null
                : item.reason().detail() == null ? item.reason().code() : item.reason().detail();
    }

    /** Whether its slip is printed later than its position in the batch. */
    public boolean outOfSequence() {
        return Boolean.TRUE.equals(item.outOfSequence());
    }
}
