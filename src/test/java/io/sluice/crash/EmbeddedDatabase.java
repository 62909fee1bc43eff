package io.sluice.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.sluice.embedded.EmbeddedServices;

/** A connection to the embedded database of a folder, whether or not a process of Sluice runs there. */
final class EmbeddedDatabase implements AutoCloseable {
    private final EmbeddedServices services;
    private final Connection connection;

    EmbeddedDatabase(Path folder) throws SQLException {
        services = EmbeddedServices.startOrJoin(folder.resolve("data"), line -> {
        }, line -> {
        });
        connection = DriverManager.getConnection(url(), user(), "");
    }

    String url() {
        return "jdbc:" + services.databaseUrl();
    }

    String user() {
        return services.databaseUser();
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void spendTransactionIds(int count) throws SQLException {
        execute("""
                do $$ begin
                    for i in 1..%d loop perform pg_current_xact_id(); commit; end loop;
                end $$
                """.formatted(count));
    }

    /** The first column of the result. */
    List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        services.close();
    }
}
