package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs the broker in a separate process that a test can kill. Prints the port once the broker answers; stops when its
 * input ends.
 */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** @param args data folder, port, maximum disk usage in per cent */
    public static void main(String... args) throws IOException {
        LibraryLogs.quieten();
        DataFolder folder = DataFolder.open(Path.of(args[0]));
        try (AmqpBroker broker = AmqpBroker.start(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]))) {
            System.out.println(args[1]);
            System.in.read();
        }
        System.exit(0);
    }
}
