package io.sluice.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.sluice.batch.BatchCounts;
import io.sluice.batch.BatchStatus;
import io.sluice.batch.BatchView;
import io.sluice.order.OrderStatus;

/**
 * How a batch is doing, as every page shows it.
 *
 * @param ahead the batch that has the printer and goes first, or null
 * @param now   the moment at which it stands so
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

    /** How many have come to a result. */
    public int settled() {
        return counts().handled() + counts().failed() + counts().cancelled();
    }

    /** What the bar goes up to; an empty one is full at once. */
    public int whole() {
        return Math.max(1, counts().total());
    }

    public int filled() {
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
            add(parts, counts().waiting(), "left out");
        }
        String summary = counts().total() == 0
                ? "No orders"
                : total() + " · " + (parts.isEmpty() ? "none done yet" : String.join(", ", parts));
        return timeLeft() == null ? summary : summary + " · " + timeLeft();
    }

    public String total() {
        return Words.orders(counts().total());
    }

    /** In words; null if it is not known, or over, or for a person to decide. */
    public String timeLeft() {
        return !running() || waitsForPerson() || batch.expectedBy() == null
                ? null
                : Words.timeLeft(Duration.between(now, batch.expectedBy()));
    }

    public String started() {
        return Words.minutes(batch.createdAt());
    }

    public String finished() {
        return batch.finishedAt() == null ? null : Words.seconds(batch.finishedAt());
    }

    public String took() {
        return Words.duration(Duration.between(batch.createdAt(), batch.finishedAt()).toMillis());
    }

    /** When it will be through; null if that is not known, or over, or for a person to decide. */
    public String expected() {
        return batch.expectedBy() == null || waitsForPerson() ? null : Words.clock(batch.expectedBy());
    }

    /** Whether it is one of its own orders that it waits for, and a person has to do something about it. */
    public boolean waitsForPerson() {
        return batch.waitsFor() != null && OrderStatus.FAILED.name().equals(batch.waitsFor().status());
    }

    /** When the one ahead was started. */
    public String aheadStarted() {
        return Words.minutes(ahead.createdAt());
    }

    public String failed() {
        return Words.number(counts().failed());
    }

    public BatchChoices choices() {
        return BatchChoices.of(batch.printOrder(), batch.onFailure());
    }

    private BatchCounts counts() {
        return batch.counts();
    }

    private static void add(List<String> parts, int orders, String word) {
        if (orders > 0) {
            parts.add(Words.number(orders) + " " + word);
        }
    }
}
