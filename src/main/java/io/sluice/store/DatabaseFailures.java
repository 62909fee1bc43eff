package io.sluice.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;

/**
 * Distinguishes "the database cannot be used" from "the database refused this". The code that asks calls only the
 * database over the network, so a broken connection is always a connection to the database.
 */
public final class DatabaseFailures {

    /**
     * PostgreSQL, appendix A. Classes: connection exception, invalid authorization, insufficient resources (disk full,
     * too many connections), system error.
     */
    private static final Set<String> UNUSABLE_CLASSES = Set.of("08", "28", "53", "58");
    /** Read-only (25006); the server is shutting down, has crashed or is starting, or has no such database any more. */
    private static final Set<String> UNUSABLE_STATES = Set.of("25006", "57P01", "57P02", "57P03", "57P04", "57P05",
            "3D000");

    /** The last failure that is not yet in the log, for {@link DatabaseWatch}. */
    private static final AtomicReference<Throwable> UNREPORTED = new AtomicReference<>();
    private static volatile boolean outage;

    private DatabaseFailures() {}

    /** Whether the database could not be used, so that a later attempt may succeed. Looks at all causes. */
    public static boolean unavailable(Throwable e) {
        return refused(e) || timedOut(e);
    }

    /**
     * Logs a failure as a warning without a stack trace. A failure that concerns the whole database is logged at DEBUG:
     * {@link DatabaseWatch} reports an outage once for the whole process.
     */
    public static void log(Logger log, Throwable failure, String format, Object... parameters) {
        boolean refused = refused(failure);
        if (refused) {
            UNREPORTED.set(failure);
        }
        log.logf(refused || outage && timedOut(failure) ? Logger.Level.DEBUG : Logger.Level.WARN, format, parameters);
    }

    /** Why the database cannot be used, in words. */
    static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (Causes.find(failure, ClosedChannelException.class) != null) {
            return "the connection was closed";
        }
        // The client does not say more; the start of the process does.
        if (message.equals("SSL handshake failed")) {
            return message + "; the server's certificate must be of SLUICE_DATABASE_CA_FILE and of its host name";
        }
        return message.contains("unsupported startup parameter")
                ? message + "; a pooler is in between: set SLUICE_DATABASE_POOLER to transaction or session"
                : message;
    }

    /** The last failure that was logged at DEBUG only, or null. The next call does not return it again. */
    static Throwable takeUnreported() {
        return UNREPORTED.getAndSet(null);
    }

    /** Sets whether an outage has been reported. */
    static void outage(boolean reported) {
        outage = reported;
    }

    private static boolean refused(Throwable e) {
        PgException refused = Causes.find(e, PgException.class);
        if (refused != null) {
            String state = String.valueOf(refused.getSqlState());
            return UNUSABLE_STATES.contains(state) || UNUSABLE_CLASSES.contains(state.substring(0, 2));
        }
        return Causes.find(e, ClosedConnectionException.class) != null
                || Causes.find(e, IOException.class) != null
                || Causes.find(e, SQLTransientConnectionException.class) != null
                || poolGaveUp(e);
    }

    private static boolean timedOut(Throwable e) {
        return Causes.find(e, io.smallrye.mutiny.TimeoutException.class) != null
                || Causes.find(e, NoStackTraceTimeoutException.class) != null
                || Causes.find(e, TimeoutException.class) != null;
    }

    /** The client's pool has no exceptions of its own for a timeout or a closed connection. */
    private static boolean poolGaveUp(Throwable e) {
        Throwable plain = Causes.find(e, NoStackTraceThrowable.class);
        if (plain == null) {
            plain = Causes.find(e, VertxException.class);
        }
        return plain != null && plain.getMessage() != null
                && (plain.getMessage().contains("Timeout") || plain.getMessage().contains("closed")
                        || plain.getMessage().contains("not active"));
    }
}
