package io.sluice.store;

/** The database takes no writes. {@link DatabaseWatch} has written the reason into the log. */
public final class DatabaseOutageException extends RuntimeException {

    DatabaseOutageException(String reason) {
        // Expected, and thrown for every waiting request.
        super(reason, null, false, false);
    }
}
