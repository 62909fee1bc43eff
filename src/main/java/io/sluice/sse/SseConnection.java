package io.sluice.sse;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.ws.rs.core.Response;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * One client of an event stream. It takes text that is already encoded ({@link EventText}), so that an event is encoded
 * once for all clients. The resource that opens a connection must not answer the request itself.
 */
public final class SseConnection {
    /** Text that may wait in memory for a slow client. A client with more is disconnected and resumes by itself. */
    static final int MAX_UNSENT_BYTES = 1024 * 1024;
    private static final long HEARTBEAT_MS = 10_000;
    private static final Buffer HEARTBEAT = EventText.comment();

    private static final String TYPE = "text/event-stream;charset=UTF-8";
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-cache", "X-Accel-Buffering", "no");

    private final HttpServerResponse response;
    private final Vertx vertx;
    private Runnable onClose;
    private long heartbeat = -1;
    private volatile boolean ended;
    private final AtomicBoolean closed = new AtomicBoolean();

    public SseConnection(HttpServerRequest request, Vertx vertx) {
        this.response = request.response();
        this.vertx = vertx;
    }

    /** The answer to HEAD: what a stream begins with, and no stream. */
    public static Response head() {
        var head = Response.ok().type(TYPE);
        HEADERS.forEach(head::header);
        return head.build();
    }

    /**
     * Sends the head and {@code first} at once.
     *
     * @param onClose runs once when the connection is gone, whichever side ended it
     */
    public void open(Buffer first, Runnable onClose) {
        this.onClose = onClose;
        response.setChunked(true)
                .setWriteQueueMaxSize(MAX_UNSENT_BYTES)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE);
        HEADERS.forEach(response::putHeader);
        // Not the end handler: the router has set one, which tells other parts that the request has ended.
        response.exceptionHandler(broken -> hasClosed());
        response.closeHandler(gone -> hasClosed());
        heartbeat = vertx.setPeriodic(HEARTBEAT_MS, ignored -> write(HEARTBEAT));
        response.write(first);
        if (response.closed()) {
            // The client left before the handlers were set, so neither of them will be called.
            hasClosed();
        }
    }

    /** Writes, or closes the connection if the client has fallen too far behind. */
    public void write(Buffer text) {
        if (closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.reset();
            // Vert.x calls the close handler only when the client has read the rest, which may be never.
            hasClosed();
        } else {
            response.write(text);
        }
    }

    /** Runs {@code action} once, as soon as the client has taken enough of what it was sent. */
    public void whenDrained(Runnable action) {
        if (closed()) {
            return;
        }
        if (!response.writeQueueFull()) {
            action.run();
            return;
        }
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
        response.drainHandler(drained -> once.run());
        // The queue may have drained before the handler was set, which then is not called.
        if (!response.writeQueueFull()) {
            once.run();
        }
    }

    /** Ends the stream; completes when the client's side of the network has all of it, or the client is gone. */
    public Future<Void> end() {
        if (closed()) {
            return Future.succeededFuture();
        }
        ended = true;
        return response.end().onComplete(written -> hasClosed()).otherwiseEmpty();
    }

    public boolean closed() {
        return closed.get() || ended;
    }

    private void hasClosed() {
        if (closed.compareAndSet(false, true)) {
            vertx.cancelTimer(heartbeat);
            onClose.run();
        }
    }
}
