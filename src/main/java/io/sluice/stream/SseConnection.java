package io.sluice.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The response of one client of a Server-Sent Event stream, written to as raw text so that events are encoded once. */
final class SseConnection {
    /** What may wait in memory for a client that reads slowly; past that it is closed and resumes by id. */
    static final int MAX_UNSENT_BYTES = 1024 * 1024;
    private static final long HEARTBEAT_MS = 10_000;
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private final HttpServerResponse response;
    private final Vertx vertx;
    private Runnable onClose;
    private long heartbeat = -1;
    private volatile boolean ended;
    private volatile boolean closed;

    SseConnection(HttpServerResponse response, Vertx vertx) {
        this.response = response;
        this.vertx = vertx;
    }

    /** Sends the head and {@code first}; {@code onClose} runs once when the connection is gone, whoever ended it. */
    void open(Buffer first, Runnable onClose) {
        this.onClose = onClose;
        response.setChunked(true)
                .setWriteQueueMaxSize(MAX_UNSENT_BYTES)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        // The end handler is the router's: it tells everybody who wants to know that the request has ended.
        response.exceptionHandler(broken -> hasClosed());
        response.closeHandler(gone -> hasClosed());
        heartbeat = vertx.setPeriodic(HEARTBEAT_MS, ignored -> write(HEARTBEAT));
        response.write(first);
        noticeClosed();
    }

    /** A client that left before the handlers were set calls none of them. */
    private void noticeClosed() {
        if (response.closed()) {
            hasClosed();
        }
    }

    /** Writes, or closes the connection if the client has fallen too far behind. */
    void write(Buffer text) {
        if (closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.reset();
        } else {
            response.write(text);
        }
    }

    /** Writes the events that {@code filter} takes as one piece. */
    void write(List<LogEvent> events) {
        if (!events.isEmpty()) {
            write(join(events));
        }
    }

    static Buffer join(List<LogEvent> events) {
        Buffer all = Buffer.buffer();
        events.forEach(event -> all.appendBuffer(event.encoded()));
        return all;
    }

    /**
     * Runs {@code action} once, when the client has taken enough of what it was sent. The queue is looked at again after
     * the handler is set: it may have drained in between, and would then call nobody.
     */
    void whenDrained(Runnable action) {
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
        if (!response.writeQueueFull()) {
            once.run();
        }
    }

    /** Ends the stream; completes when the client's side of the network has all of it, or is gone. */
    Future<Void> end() {
        if (closed()) {
            return Future.succeededFuture();
        }
        ended = true;
        return response.end().onComplete(written -> hasClosed()).otherwiseEmpty();
    }

    boolean closed() {
        return closed || ended;
    }

    private void hasClosed() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(heartbeat);
            onClose.run();
        }
    }
}
