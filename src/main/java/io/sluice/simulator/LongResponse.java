package io.sluice.simulator;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers that a caller should not wait for the end of. They stop when it has gone. */
final class LongResponse {

    private static final Buffer SLICE = Buffer.buffer("x".repeat(64 * 1024));
    private static final int SLICES = 16 * 1024;
    private static final long TRICKLE_MS = 1000;

    private LongResponse() {}

    /** Sends the reply with a gigabyte of padding: valid JSON, no faster than the caller reads. */
    static void huge(RoutingContext ctx, Reply reply) {
        if (begin(ctx, reply)) {
            String json = reply.body().put("padding", "").toString();
            String untilPadding = json.substring(0, json.length() - "\"}".length());
            ctx.response().write(untilPadding).onComplete(sent -> sendSlices(ctx.response(), SLICES, sent));
        }
    }

    /** Sends a blank a second, which JSON may start with, for ever. */
    static void endless(RoutingContext ctx, Reply reply) {
        if (begin(ctx, reply)) {
            ctx.response().write(" ");
            long timer = ctx.vertx().setPeriodic(TRICKLE_MS, tick -> ctx.response().write(" "));
            ctx.addEndHandler(end -> ctx.vertx().cancelTimer(timer));
        }
    }

    private static boolean begin(RoutingContext ctx, Reply reply) {
        if (ctx.response().closed()) {
            return false;
        }
        ctx.response()
                .setStatusCode(reply.status())
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
        return true;
    }

    private static void sendSlices(HttpServerResponse response, int left, AsyncResult<Void> lastSent) {
        if (lastSent.failed()) {
            return;
        }
        if (left == 0) {
            response.end("\"}");
        } else {
            response.write(SLICE)
                    .onComplete(sent -> Vertx.currentContext()
                            .runOnContext(ignored -> sendSlices(response, left - 1, sent)));
        }
    }
}
