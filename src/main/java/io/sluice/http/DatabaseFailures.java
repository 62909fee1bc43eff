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
 * Tells "the database cannot be reached" from "the database said no". Resources call nothing but the database over a
 * network, so a broken connection below one of them is always to the database.
 */
public final class DatabaseFailures {

    /** PostgreSQL, appendix A: too many connections; server shuts down, has crashed, or is starting. */
    private static final Set<String> PASSING_STATES = Set.of("53300", "57P01", "57P02", "57P03", "57P05");

    private DatabaseFailures() {}

    /** Whether trying again later may help because there was no usable connection, however deep that is wrapped. */
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

    /** The client's pool has no exception of its own for a wait that took too long, or for a connection that closed. */
    private static boolean poolGaveUp(Throwable e) {
        Throwable plain = Causes.find(e, NoStackTraceThrowable.class);
        if (plain == null) {
            plain = Causes.find(e, VertxException.class);
        }
        return plain != null && plain.getMessage() != null
                && (plain.getMessage().contains("Timeout") || plain.getMessage().contains("closed"));
    }
}
