package io.sluice.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Clients that send a byte a second and never finish: one half the head of a request, the other one its body. */
public final class SlowConnections implements AutoCloseable {
    private static final String HEAD = "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    private static final String BODY = "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100000\r\n\r\n";

    private final List<Socket> sockets = new ArrayList<>();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

    private SlowConnections() {}

    /** Opens so many connections to the service with this base URL, each of which has sent its first bytes. */
    public static SlowConnections open(URI service, int count) throws IOException {
        SlowConnections slow = new SlowConnections();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(service.getHost(), service.getPort());
            socket.getOutputStream().write((i % 2 == 0 ? HEAD : BODY).getBytes(US_ASCII));
            slow.sockets.add(socket);
        }
        slow.sender.scheduleAtFixedRate(slow::sendOneByteEach, 0, 1, TimeUnit.SECONDS);
        return slow;
    }

    private void sendOneByteEach() {
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(' ');
            } catch (IOException closedByTheService) {
                // It may.
            }
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
