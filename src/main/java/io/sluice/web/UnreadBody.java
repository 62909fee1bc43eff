package io.sluice.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * The rest of a request that is refused while it is still coming in.
 * <p>
 * Closing the connection at once would reset it, and a client that is still sending would lose the answer (RFC 9112,
 * section 9.6). So the rest is read and thrown away, within bounds in bytes and time.
 */
final class UnreadBody {

    static final long MAX_BYTES = 64L << 20;
    static final long MAX_MILLIS = 10_000;

    private UnreadBody() {}

    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        long deadline = context.vertx().setTimer(MAX_MILLIS, timer -> request.connection().close());
        long start = request.bytesRead();
        request.exceptionHandler(gone -> context.vertx().cancelTimer(deadline));
        request.endHandler(end -> context.vertx().cancelTimer(deadline));
        request.handler(chunk -> {
            if (request.bytesRead() - start > MAX_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
