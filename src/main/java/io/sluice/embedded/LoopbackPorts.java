package io.sluice.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free TCP ports for the embedded services. */
final class LoopbackPorts {

    static final String HOST = "127.0.0.1";

    // Below the ephemeral range of common operating systems. An ephemeral port may be taken before the next start, even
    // by a client that retries it and connects to itself.
    private static final int FIRST = 20_000;
    private static final int END = 30_000;
    private static final int TRIES = 100;

    private LoopbackPorts() {}

    /** Returns the preferred port if it is free, otherwise another one. */
    static int free(int preferred) {
        if (preferred > 0 && isFree(preferred)) {
            return preferred;
        }
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedServicesException(
                "no free port on %s between %d and %d".formatted(HOST, FIRST, END));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
