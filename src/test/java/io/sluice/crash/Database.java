package io.sluice.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.sluice.embedded.PostgresProcess;
import io.sluice.schema.DatabaseLogin;
import io.sluice.schema.Schema;

/** PostgreSQL, with queries for tests. The processes of Sluice have a role that may not change the tables. */
final class Database extends Service {
    private static final String MAIN = "postgres";
    private static final String OWNER = "postgres";
    private static final String SERVICE = "sluice_service";

    private final Path folder;
    private String name = MAIN;

    Database(Path folder) {
        super("postgres", PostgresProcess.class);
        this.folder = folder;
    }

    /** Who owns the tables. */
    static String owner() {
        return OWNER;
    }

    /** Who uses them. */
    static String service() {
        return SERVICE;
    }

    /** The URL for the reactive data source, at the server's port or that of a proxy. */
    String url(int port) {
        return "postgresql://127.0.0.1:" + port + "/" + name;
    }

    @Override
    void start() {
        launch(List.of(folder.toString(), Integer.toString(port())));
        awaitReady();
        if (number("select count(*) from pg_roles where rolname = '%s'".formatted(SERVICE)) == 0) {
            execute("create role %s login".formatted(SERVICE));
            migrate();
        }
    }

    /** Goes on with another database of this server, without tables. */
    void useNew(String database) {
        execute("create database " + database);
        name = database;
    }

    /** Ends {@link #useNew}. */
    void useMain() {
        name = MAIN;
    }

    /** Why the role of the service may not execute this, as an SQLSTATE; empty if it may. */
    String refusal(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url(port()), SERVICE, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private void migrate() {
        try {
            new Schema(new DatabaseLogin("jdbc:" + url(port()), OWNER, "")).migrate(SERVICE);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Kills the postmaster, which ends its children, and the process that started it. */
    @Override
    void kill() {
        ProcessHandle postmaster = postmaster();
        super.kill();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** SIGSTOP for all processes of the server: connections stay open and nothing is answered. */
    void freeze() {
        signal("STOP", all());
    }

    void thaw() {
        signal("CONT", all());
    }

    private Stream<ProcessHandle> all() {
        ProcessHandle postmaster = postmaster();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    private static void signal(String name, Stream<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Changes a setting of the server for all connections; null resets it. */
    void set(String setting, String value) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(value == null
                    ? "alter system reset " + setting
                    : "alter system set %s = '%s'".formatted(setting, value));
            statement.execute("select pg_reload_conf()");
        } catch (SQLException failure) {
            throw new IllegalStateException(setting, failure);
        }
    }

    /** Asks every client for a password, and closes all connections. */
    void lockOut() {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            authenticateBy("scram-sha-256");
            statement.execute("select pg_reload_conf()");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Ends {@link #lockOut()}. */
    void letIn() {
        authenticateBy("trust");
        signal("HUP", Stream.of(postmaster()));
    }

    private void authenticateBy(String method) {
        Path rules = folder.resolve("postgres").resolve("pg_hba.conf");
        try {
            Files.writeString(rules, Files.readString(rules).replaceAll("(?m)^(host .*\\s)\\S+$", "$1" + method));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private ProcessHandle postmaster() {
        try {
            String pid = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid")).get(0).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Reads one row of a result. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        try (Connection connection = connect(); PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    void execute(String sql) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The number returned by a query. */
    int number(String sql, Object... parameters) {
        return query(sql, row -> row.getInt(1), parameters).get(0);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + url(port()), OWNER, "");
    }
}
