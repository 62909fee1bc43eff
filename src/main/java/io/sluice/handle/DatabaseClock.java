package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;

/**
 * The database's time, told by the time that has passed here since it was read: histories must agree with one another
 * although a worker's own clock may be an hour off.
 *
 * @param readAt     what the database's clock said
 * @param readNanos {@link System#nanoTime()} at that moment
 */
record DatabaseClock(Instant readAt, long readNanos) {

    static DatabaseClock setTo(Instant databaseTime) {
        return new DatabaseClock(databaseTime, System.nanoTime());
    }

    Instant now() {
        return readAt.plus(Duration.ofNanos(System.nanoTime() - readNanos));
    }
}
