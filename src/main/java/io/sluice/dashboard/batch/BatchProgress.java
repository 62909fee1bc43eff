package io.sluice.dashboard.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.sluice.batch.BatchCounts;
import io.sluice.batch.BatchStatus;
import io.sluice.batch.BatchView;
import io.sluice.dashboard.Format;
import io.sluice.order.OrderStatus;

/**
 * The progress of a batch, as shown on every page.
 *
 * @param ahead the batch that uses the printer first, or null
 * @param now   the time to which the progress refers
 */
record BatchProgress(BatchView batch, BatchView ahead, Instant now) {

    public BatchBadge badge() {
        return BatchBadge.of(batch);
    }

    public boolean running() {
        return batch.status() == BatchStatus.RUNNING;
    }

    public List<ProgressBar.Segment> segments() {
        return ProgressBar.segments(batch.counts());
    }

    /** The number of orders whose handling has finished. */
    public int settled() {
        return counts().handled() + counts().failed() + counts().cancelled();
    }

    /** The maximum of the bar. An empty batch has a full bar. */
    public int barMax() {
        return Math.max(1, counts().total());
    }

    public int barValue() {
        return counts().total() == 0 ? 1 : settled();
    }

    /** For example {@code 120 orders · 85 done, 3 failed, 2 held · about 40 s left}. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, counts().handled(), "done");
        add(parts, counts().failed(), "failed");
        add(parts, counts().cancelled(), "cancelled");
        add(parts, counts().delayed(), "held");
        if (batch.finishedAt() != null) {
            add(parts, counts().waiting(), "not handled");
        }
        String summary = counts().total() == 0
                ? "No orders"
                : total() + " · " + (parts.isEmpty() ? "none done yet" : String.join(", ", parts));
        return timeLeft() == null ? summary : summary + " · " + timeLeft();
    }

    public String total() {
        return Format.orders(counts().total());
    }

    /** The estimated time left; null if unknown, if the batch has ended, or if it waits for a person. */
    public String timeLeft() {
        return !running() || waitsForPerson() || batch.expectedBy() == null
                ? null
                : Format.timeLeft(Duration.between(now, batch.expectedBy()));
    }

    public String started() {
        return Format.minutes(batch.createdAt());
    }

    public String finished() {
        return batch.finishedAt() == null ? null : Format.seconds(batch.finishedAt());
    }

    public String took() {
        return Format.duration(Duration.between(batch.createdAt(), batch.finishedAt()).toMillis());
    }

    /** The estimated end; null if unknown, if the batch has ended, or if it waits for a person. */
    public String expected() {
        return batch.expectedBy() == null || waitsForPerson() ? null : Format.clock(batch.expectedBy());
    }

    /** Whether the batch waits for one of its own orders that a person must retry or cancel. */
    public boolean waitsForPerson() {
        return batch.waitsFor() != null && OrderStatus.FAILED.name().equals(batch.waitsFor().status());
    }

    /** When the batch ahead was started. */
    public String aheadStarted() {
        return Format.minutes(ahead.createdAt());
    }

    public String failed() {
        return Format.number(counts().failed());
    }

    public BatchChoices choices() {
        return BatchChoices.of(batch.printOrder(), batch.onFailure());
    }

    private BatchCounts counts() {
        return batch.counts();
    }

    private static void add(List<String> parts, int orders, String word) {
        if (orders > 0) {
            parts.add(Format.number(orders) + " " + word);
        }
    }
}
