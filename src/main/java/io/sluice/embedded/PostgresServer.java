package io.sluice.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** An embedded PostgreSQL server on the loopback address, with full durability. */
final class PostgresServer implements KeptService.Service {

    static final String DATABASE = "postgres";
    static final String USER = "postgres";

    /** Allows for WAL replay after a crash. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            // The library targets tests and disables durability.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", LoopbackPorts.HOST),
            // No socket in the temporary folder: a killed process would leave it there.
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_wal_size", "2GB"),
            // An idle transaction would block all readers of the event log, which wait for the oldest transaction.
            Map.entry("idle_in_transaction_session_timeout", "60s"),
            // Error details quote rows, which contain names and addresses.
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_checkpoints", "off"));

    private final EmbeddedPostgres postgres;
    private final DataFolder folder;
    private final ProcessHandle postmaster;

    private PostgresServer(EmbeddedPostgres postgres, DataFolder folder) {
        this.postgres = postgres;
        this.folder = folder;
        this.postmaster = PostgresProcesses.postmaster(folder)
                .orElseThrow(() -> new EmbeddedServicesException("PostgreSQL ended during its start"));
    }

    /**
     * Starts a server on the data directory of the folder, creating the directory on the first start.
     *
     * @throws EmbeddedServicesException if the server does not start; no server is left running
     */
    static PostgresServer start(DataFolder folder, int port) {
        long alreadyLogged = folder.postgresLog().toFile().length();
        try {
            FirstStart.clearUnfinished(folder);
            PostgresServer server = new PostgresServer(launch(folder, port), folder);
            if (!ServiceCheck.postgresAnswers(port, folder.postgres())) {
                throw new IOException("another server answers on port " + port);
            }
            return server;
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            PostgresProcesses.stop(folder);
            throw new EmbeddedServicesException("PostgreSQL cannot be started: %s (see %s)"
                    .formatted(lastProblem(folder.postgresLog(), alreadyLogged, e), folder.postgresLog()), e);
        }
    }

    private static EmbeddedPostgres launch(DataFolder folder, int port) throws IOException {
        Redirect log = Redirect.appendTo(folder.postgresLog().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                // The default folder of the library is shared and writable for all users.
                .setOverrideWorkingDirectory(folder.postgresBinaries().toFile())
                .setPgBinaryResolver(new FolderBinaries())
                .setDataDirectory(folder.postgres())
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(directory -> FirstStart.markComplete(folder))
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_TIMEOUT)
                .setPort(port)
                // Makes collation and case rules independent of the environment.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        SETTINGS.forEach(builder::setServerConfig);
        EmbeddedPostgres postgres = builder.start();
        // The library makes the folder writable for all users.
        folder.postgresBinaries().toFile().setWritable(false, false);
        folder.postgresBinaries().toFile().setWritable(true, true);
        return postgres;
    }

    /** The last error of the server log, or the message of the exception. */
    private static String lastProblem(Path log, long alreadyLogged, Throwable otherwise) {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(alreadyLogged);
            List<String> problems = new String(in.readAllBytes(), UTF_8).lines()
                    .filter(line -> line.contains("FATAL:") || line.contains("error:"))
                    .toList();
            if (!problems.isEmpty()) {
                return problems.get(problems.size() - 1);
            }
        } catch (IOException e) {
            otherwise.addSuppressed(e);
        }
        return String.valueOf(otherwise.getMessage());
    }

    @Override
    public boolean alive() {
        // A process that has ended and that no parent has waited for has no command any more.
        return postmaster.isAlive() && postmaster.info().command().isPresent();
    }

    /** Stops the server and waits until it has exited. */
    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new EmbeddedServicesException("PostgreSQL cannot be stopped (%s)".formatted(e), e);
        } finally {
            // The library waits only five seconds; the last checkpoint may take longer.
            PostgresProcesses.stop(folder);
        }
    }
}
