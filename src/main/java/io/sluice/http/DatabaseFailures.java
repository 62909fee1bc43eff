package io.sluice.http;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;

/**
 * Distinguishes "the database cannot be reached" from "the database refused this". Resources call only the database
 * over the network, so a broken connection in one of them is always a connection to the database.
 */
public final class DatabaseFailures {

    /** PostgreSQL, appendix A: too many connections; the server is shutting down, has crashed or is starting. */
    private static final Set<String> PASSING_STATES = Set.of("53300", "57P01", "57P02", "57P03", "57P05");

    private DatabaseFailures() {}

    /** Whether there was no usable connection, so that a later attempt may succeed. Looks at all causes. */
    public static boolean unavailable(Throwable e) {
        PgException refused = Causes.find(e, PgException.class);
        if (refused != null) {
            String state = refused.getSqlState();
            // Class 08: connection exception.
            return state != null && (state.startsWith("08") || PASSING_STATES.contains(state));
        }
        return Causes.find(e, ClosedConnectionException.class) != null
                || Causes.find(e, ConnectException.class) != null
                || Causes.find(e, SocketException.class) != null
                || Causes.find(e, UnknownHostException.class) != null
                || Causes.find(e, SQLTransientConnectionException.class) != null
                || Causes.find(e, NoStackTraceTimeoutException.class) != null
                || Causes.find(e, TimeoutException.class) != null
                || poolGaveUp(e);
    }

    /** The client's pool has no exceptions of its own for a timeout or a closed connection. */
    private static boolean poolGaveUp(Throwable e) {
        Throwable plain = Causes.find(e, NoStackTraceThrowable.class);
        if (plain == null) {
            plain = Causes.find(e, VertxException.class);
        }
        return plain != null && plain.getMessage() != null
                && (plain.getMessage().contains("Timeout") || plain.getMessage().contains("closed"));
    }
}
