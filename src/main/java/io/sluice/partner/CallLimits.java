package io.sluice.partner;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * Bounds what one call to a partner can cost: its time from sending to the last byte, and the size of its answer. A
 * call that exceeds either loses its connection; {@code docs/decisions/0009} says why the REST client needs this.
 *
 * @param timeoutMs from sending to the last byte, in ms
 */
record CallLimits(Vertx vertx, long timeoutMs) implements Consumer<HttpClientRequest> {
    static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final long CANCEL = 8;

    /** Called with the connection there and nothing sent yet. */
    @Override
    public void accept(HttpClientRequest request) {
        // The client's own time-out was for getting the connection; it must not come before the timer below.
        request.idleTimeout(2 * timeoutMs);
        long timer = vertx.setTimer(timeoutMs, ignored -> request.reset(CANCEL,
                new Exceeded("did not answer in time")));
        request.response()
                .onSuccess(response -> limit(request, response, timer))
                .onFailure(ignored -> vertx.cancelTimer(timer));
    }

    private void limit(HttpClientRequest request, HttpClientResponse response, long timer) {
        AtomicLong bytes = new AtomicLong();
        response.handler(chunk -> {
            if (bytes.addAndGet(chunk.length()) > MAX_ANSWER_BYTES) {
                request.reset(CANCEL, new Exceeded("gave an answer that is too long"));
            }
        });
        response.end().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** Why a call was broken off: {@code did not answer in time}. */
    static final class Exceeded extends RuntimeException {
        Exceeded(String what) {
            super(what, null, false, false);
        }
    }
}
