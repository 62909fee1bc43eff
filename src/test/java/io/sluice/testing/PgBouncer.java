package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real PgBouncer before a PostgreSQL server, in a process of its own. Skips the test where it is not installed. */
public final class PgBouncer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Fewer than the clients need at the same time, so that they share sessions. */
    private static final int SESSIONS = 8;

    private final int port = Ports.free();
    private final ChildProcess process;

    /** @param users who may log in, without a password */
    public PgBouncer(String poolMode, int databasePort, String... users) {
        Program.assumeInstalled("pgbouncer");
        try {
            Path folder = Files.createTempDirectory("pgbouncer");
            Path userFile = Files.writeString(folder.resolve("users"),
                    Stream.of(users).map("\"%s\" \"\"\n"::formatted).collect(Collectors.joining()));
            Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = %s
                    pool_mode = %s
                    default_pool_size = %d
                    max_client_conn = 500
                    %s
                    """.formatted(databasePort, port, userFile, poolMode, SESSIONS, user()));
            process = ChildProcess.start("pgbouncer",
                    new ProcessBuilder("pgbouncer", configuration.toString()).directory(folder.toFile()));
            process.await(PATIENCE, line -> line.contains("process up") ? Optional.of(line) : Optional.empty());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** It refuses to run as root. */
    private static String user() {
        return System.getProperty("user.name").equals("root") ? "user = nobody" : "";
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
