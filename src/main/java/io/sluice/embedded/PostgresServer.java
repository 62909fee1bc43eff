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

/** A PostgreSQL server of our own, on the loopback address only, that loses nothing. */
final class PostgresServer implements AutoCloseable {

    static final String DATABASE = "postgres";
    static final String USER = "postgres";

    /** Long enough to replay the log after a crash. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            // The library is made for tests and turns durability off.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", LoopbackPorts.HOST),
            // No socket in the system's temporary folder: a kill would leave it behind.
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_wal_size", "2GB"),
            // A forgotten transaction holds back every reader of the event log, which goes by the oldest one that runs.
            Map.entry("idle_in_transaction_session_timeout", "60s"),
            // The details of an error quote rows, and rows have names and addresses in them.
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_checkpoints", "off"));

    private final EmbeddedPostgres postgres;
    private final DataFolder folder;

    private PostgresServer(EmbeddedPostgres postgres, DataFolder folder) {
        this.postgres = postgres;
        this.folder = folder;
    }

    /**
     * Starts a server on the folder's data directory, which is created at the first start.
     *
     * @throws EmbeddedServicesException if the server does not come up; none is left running then
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
            throw new EmbeddedServicesException("PostgreSQL does not start: %s (more in %s)"
                    .formatted(lastProblem(folder.postgresLog(), alreadyLogged, e), folder.postgresLog()), e);
        }
    }

    private static EmbeddedPostgres launch(DataFolder folder, int port) throws IOException {
        Redirect log = Redirect.appendTo(folder.postgresLog().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                // Not the library's default, a folder shared by all users of the machine and writable for each of them.
                .setOverrideWorkingDirectory(folder.postgresBinaries().toFile())
                .setPgBinaryResolver(new FolderBinaries())
                .setDataDirectory(folder.postgres())
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(directory -> FirstStart.markComplete(folder))
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_TIMEOUT)
                .setPort(port)
                // The same order and case rules on every machine, whatever its environment says.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        SETTINGS.forEach(builder::setServerConfig);
        EmbeddedPostgres postgres = builder.start();
        // The library makes it writable for everybody.
        folder.postgresBinaries().toFile().setWritable(false, false);
        folder.postgresBinaries().toFile().setWritable(true, true);
        return postgres;
    }

    /** What the server itself said last; failing that, what the exception says. */
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

    /** Stops the server and returns when it is gone. */
    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new EmbeddedServicesException("PostgreSQL cannot be stopped (%s)".formatted(e), e);
        } finally {
            // The library gives up after five seconds; the last checkpoint may take longer.
            PostgresProcesses.stop(folder);
        }
    }
}
