package io.sluice.dashboard;

import io.sluice.batch.BatchItemView;

/**
 * One order of a batch as its page shows it.
 *
 * @param name what people call the order
 */
record ItemRow(BatchItemView item, String name) {

    public String position() {
        return Words.number(item.position());
    }

    public StatusBadge badge() {
        return new StatusBadge(item.status());
    }

    /** What is being done, or was being done when it stopped; or null. */
    public String step() {
        return item.step() == null ? null : Words.sentence(item.step());
    }

    /** Why it is held or failed; or null. */
    public String reason() {
        return item.reason() == null
                ? null
                : item.reason().detail() == null ? item.reason().code() : item.reason().detail();
    }

    /** Whether its slip comes out after one that should have come later. */
    public boolean late() {
        return Boolean.TRUE.equals(item.outOfSequence());
    }
}
