package io.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback address. */
public final class Ports {
    // Below the ephemeral range, so that no connection takes the port before the service, or while it is down.
    // Each test JVM has ports of its own, so that none takes one of a service of another while it is down.
    private static final int PER_JVM = 5_000;
    private static final int FIRST = 10_000 + PER_JVM * (Integer.getInteger("sluice.test.fork", 1) - 1);

    private Ports() {}

    /** One that nothing listens on. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + PER_JVM);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // Try the next port.
            }
        }
    }
}
