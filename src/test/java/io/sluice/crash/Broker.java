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

    /** Starts it with a disk that is full, as far as it can see. */
    void startWithFullDisk() {
        start(NO_SPACE);
    }

    private void start(int maxDiskUsage) {
        launch(List.of(folder.toString(), Integer.toString(port()), Integer.toString(maxDiskUsage)));
        awaitReady();
    }

    /** Sends "work on order X" that many times. */
    void sendWork(String orderId, int times) throws Exception {
        AmqpQueue.send(port(), "sluice.work", orderId, times);
    }

    /** The messages that nobody could deal with; there are none afterwards. */
    List<String> takeDeadLetters() throws Exception {
        return AmqpQueue.drain(port(), "sluice.dlq");
    }
}
