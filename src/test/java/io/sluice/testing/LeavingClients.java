package io.sluice.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Clients that close their connection before they have their answer: tabs that are closed, commands that are stopped. */
public final class LeavingClients {
    private static final String ORDER = Api.order().manual().json();
    private static final List<String> STREAMS = List.of(get("/dashboard/events"), get("/api/events"));
    private static final List<String> PAGES = List.of(get("/"), get("/api/orders?limit=200"), get("/api/batches"),
            get("/q/metrics"), post("/api/orders", "application/json", ORDER.length(), ORDER));
    private static final String WAITING = post("/api/orders", "application/json\r\nPrefer: wait=30", ORDER.length(),
            ORDER);
    /** There is no answer to these, or not soon. */
    private static final List<String> UNANSWERED = List.of(
            post("/api/orders", "application/json", ORDER.length() + 1, ORDER),
            WAITING,
            post("/api/orders/bulk", "application/x-ndjson", 3 * ORDER.length(), ORDER + "\n" + ORDER.substring(9)));

    private LeavingClients() {}

    /** Every kind of request, left in every way. Pages, streams and orders; some orders are not sent completely. */
    public static void visit(String url) {
        STREAMS.forEach(stream -> leave(url, stream));
        abort(url);
    }

    /** Requests that are no event streams, left in every way. Returns how many. */
    public static int abort(String url) {
        PAGES.forEach(page -> leave(url, page));
        UNANSWERED.forEach(request -> {
            leave(url, request, true, 0);
            leave(url, request, false, 0);
        });
        return 4 * PAGES.size() + 2 * UNANSWERED.size();
    }

    /** Opens {@code count} event streams and leaves them: one half closes its connection, the other resets it. */
    public static void openAndLeaveStreams(String url, int count) {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = send(url, STREAMS.get(i % STREAMS.size()));
                socket.setSoLinger(i % 4 < 2, 0);
                open.add(socket);
            }
            for (Socket socket : open) {
                socket.getInputStream().readNBytes(1);
            }
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Posts an order, and asks to be kept waiting for half a minute. Leaves when it is closed. */
    public static Socket keepWaiting(String url) {
        try {
            return send(url, WAITING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void leave(String url, String request) {
        for (boolean reset : List.of(false, true)) {
            leave(url, request, reset, 0);
            leave(url, request, reset, 1);
        }
    }

    /**
     * @param reset whether to break the connection (RST) instead of closing it
     * @param bytes of the answer that are awaited before
     */
    private static void leave(String url, String request, boolean reset, int bytes) {
        try (Socket socket = send(url, request)) {
            socket.setSoLinger(reset, 0);
            socket.getInputStream().readNBytes(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Socket send(String url, String request) throws IOException {
        URI address = URI.create(url);
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** @param length of the body, as the head says */
    private static String post(String path, String type, int length, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + length + "\r\n\r\n" + body;
    }
}
