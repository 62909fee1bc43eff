package io.sluice.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.postgresql.PGConnection;

/** Finds a connection pooler in transaction mode between this process and PostgreSQL. */
public final class PoolerCheck {

    private PoolerCheck() {}

    /** Whether a connection may have another session of the server in each transaction. */
    public static boolean sharesSessions(DatabaseLogin login) throws SQLException {
        try (Connection first = login.connect()) {
            int session = session(first);
            // A pooler gives its clients keys of its own, so a server that gives its process id is the real one.
            if (session == first.unwrap(PGConnection.class).getBackendPID()) {
                return false;
            }
            // The first connection is open. In session mode, its session is its own.
            try (Connection second = login.connect()) {
                second.setAutoCommit(false);
                return session(second) == session || session(first) != session;
            }
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("/* pooler check */ select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
