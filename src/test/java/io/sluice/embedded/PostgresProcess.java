package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs PostgreSQL in a separate process that a test can kill. Prints the port once the server answers; stops when its
 * input ends.
 */
public final class PostgresProcess {

    private PostgresProcess() {}

    /** @param args data folder, port */
    public static void main(String... args) throws IOException {
        LibraryLogs.quieten();
        DataFolder folder = DataFolder.open(Path.of(args[0]));
        PostgresProcesses.stop(folder);
        try (PostgresServer server = PostgresServer.start(folder, Integer.parseInt(args[1]))) {
            System.out.println(args[1]);
            System.in.read();
        }
        System.exit(0);
    }
}
