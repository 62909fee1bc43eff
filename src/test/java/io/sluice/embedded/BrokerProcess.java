package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** The broker alone, in a process for a test to kill: prints its port when it answers, and stops when its input ends. */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** @param args data folder, port, per cent of the disk above which it takes no more messages */
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
