package io.sluice.crash;

import java.nio.file.Path;
import java.util.List;

import io.sluice.embedded.BrokerProcess;
import io.sluice.testing.AmqpQueue;

/** The AMQP broker. */
final class Broker extends Service {
    private static final int ENOUGH_SPACE = 99;
    private static final int NO_SPACE = 0;

    private final Path folder;

    Broker(Path folder) {
        super("broker", BrokerProcess.class);
        this.folder = folder;
    }

    @Override
    void start() {
        start(ENOUGH_SPACE);
    }

    /** Starts the broker with a simulated full disk. */
    void startWithFullDisk() {
        start(NO_SPACE);
    }

    private void start(int maxDiskUsage) {
        launch(List.of(folder.toString(), Integer.toString(port()), Integer.toString(maxDiskUsage)));
        awaitReady();
    }

    /** Sends the work message of an order {@code times} times. */
    void sendWork(String orderId, int times) throws Exception {
        AmqpQueue.send(port(), "sluice.work", orderId, times);
    }

    /** Removes and returns the dead letters. */
    List<String> takeDeadLetters() throws Exception {
        return AmqpQueue.drain(port(), "sluice.dlq");
    }
}
