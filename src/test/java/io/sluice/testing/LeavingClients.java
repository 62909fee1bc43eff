package io.sluice.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Clients that close their connection before they have their answer: tabs that are closed, commands that are stopped. */
public final class LeavingClients {
    private static final String ORDER = Api.order().manual().json();
    private static final List<String> REQUESTS = List.of(get("/dashboard/events"), get("/api/events"), get("/"),
            get("/api/orders?limit=200"), get("/q/metrics"), post(ORDER.length()));
    private static final String INCOMPLETE = post(ORDER.length() + 1);

    private LeavingClients() {}

    /** Every kind of request, left in every way. Pages, streams and orders; some orders are not sent completely. */
    public static void visit(String url) {
        for (boolean reset : List.of(false, true)) {
            leave(url, INCOMPLETE, reset, 0);
            for (String request : REQUESTS) {
                leave(url, request, reset, 0);
                leave(url, request, reset, 1);
            }
        }
    }

    /**
     * @param reset whether to break the connection (RST) instead of closing it
     * @param bytes of the answer that are awaited before
     */
    private static void leave(String url, String request, boolean reset, int bytes) {
        URI address = URI.create(url);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoLinger(reset, 0);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getInputStream().readNBytes(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** @param length of the body, as the head says */
    private static String post(int length) {
        return "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n" + ORDER;
    }
}
