package io.sluice.crash;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What {@code pg_dump} and {@code pg_restore} do, which not every machine has: the schema, then the rows of each table, all
 * of one snapshot.
 */
final class DumpedDatabase implements Backup {
    private final Path from;
    private final Path to;
    private final Map<String, byte[]> tables = new LinkedHashMap<>();
    private final Map<String, String> sequences = new LinkedHashMap<>();

    DumpedDatabase(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** The cluster has had more transactions than the one that the database is restored into. */
    @Override
    public void begin() throws SQLException {
        try (EmbeddedDatabase database = new EmbeddedDatabase(from)) {
            database.spendTransactionIds(5000);
        }
    }

    @Override
    public void take() throws SQLException, IOException {
        try (EmbeddedDatabase database = new EmbeddedDatabase(from)) {
            database.execute("begin isolation level repeatable read");
            for (String table : database
                    .texts("select quote_ident(tablename) from pg_tables where schemaname = 'public'")) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                copy(database.connection()).copyOut("copy %s to stdout".formatted(table), rows);
                tables.put(table, rows.toByteArray());
            }
            for (String sequence : database
                    .texts("select sequencename from pg_sequences where last_value is not null")) {
                sequences.put(sequence, database.texts("select last_value from " + sequence).get(0));
            }
            database.execute("commit");
        }
    }

    @Override
    public void restore() throws SQLException, IOException {
        try (EmbeddedDatabase database = new EmbeddedDatabase(to)) {
            Flyway.configure()
                    .dataSource(database.url(), database.user(), "")
                    .skipDefaultCallbacks(true)
                    .load()
                    .migrate();
            database.execute("set session_replication_role = replica"); // no triggers, no foreign keys
            for (Map.Entry<String, byte[]> table : tables.entrySet()) {
                database.execute("delete from " + table.getKey());
                copy(database.connection()).copyIn("copy %s from stdin".formatted(table.getKey()),
                        new ByteArrayInputStream(table.getValue()));
            }
            for (Map.Entry<String, String> sequence : sequences.entrySet()) {
                database.execute("select setval('%s', %s)".formatted(sequence.getKey(), sequence.getValue()));
            }
        }
    }

    private static CopyManager copy(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
