package io.sluice.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import org.postgresql.PGConnection;

import io.sluice.store.Pooler;

/** Finds a connection pooler between this process and PostgreSQL. */
public final class PoolerCheck {

    private PoolerCheck() {}

    /** The pooler in between; empty if there is none. */
    public static Optional<Pooler> find(DatabaseLogin login) throws SQLException {
        try (Connection first = login.connect()) {
            int session = session(first);
            // A pooler gives its clients keys of its own, so a server that gives its process id is the real one.
            if (session == first.unwrap(PGConnection.class).getBackendPID()) {
                return Optional.empty();
            }
            // The first connection is open. In session mode, its session is its own.
            try (Connection second = login.connect()) {
                second.setAutoCommit(false);
                boolean shared = session(second) == session || session(first) != session;
                return Optional.of(shared ? Pooler.TRANSACTION : Pooler.SESSION);
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
