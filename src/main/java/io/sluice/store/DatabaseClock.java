package io.sluice.store;

import java.time.Duration;
import java.time.Instant;

/**
 * The database's time, told by the time that has passed here since it was read: histories must agree with one another
 * although a worker's own clock may be an hour off.
 *
 * @param readAt     what the database's clock said
 * @param readNanos {@link System#nanoTime()} at that moment
 */
public record DatabaseClock(Instant readAt, long readNanos) {

    public static DatabaseClock setTo(Instant databaseTime) {
        return new DatabaseClock(databaseTime, System.nanoTime());
    }

    public Instant now() {
        return readAt.plusNanos(System.nanoTime() - readNanos);
    }

    /** What {@link System#nanoTime()} was, or will be, when this clock shows {@code time}. */
    public long nanosAt(Instant time) {
        return readNanos + Duration.between(readAt, time).toNanos();
    }
}
