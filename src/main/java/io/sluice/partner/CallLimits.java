package io.sluice.partner;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * Bounds what one call to a partner can cost: when it is sent, its time from sending to the last byte, and the size of
 * its answer. A call that exceeds one of them loses its connection; {@code docs/decisions/0009} says why the REST
 * client needs this.
 *
 * @param timeoutMs      from sending to the last byte, in ms
 * @param maxAnswerBytes of the body of an answer
 */
record CallLimits(Vertx vertx, long timeoutMs, int maxAnswerBytes) {
    static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final long CANCEL = 8;
    private static final NotDone TOO_LATE = new NotDone(new StepResult.Postponed(
            new Reason(Reason.INTERNAL, "It took too long until the call could be sent; it was not sent.", null),
            Duration.ofSeconds(1)), 0);

    CallLimits(Vertx vertx, long timeoutMs) {
        this(vertx, timeoutMs, MAX_ANSWER_BYTES);
    }

    /**
     * Called with the connection there and nothing sent yet.
     *
     * @param sendBefore in {@link System#nanoTime()}; null if it is never too late
     * @return false if it is too late: the request has failed then
     */
    boolean begin(HttpClientRequest request, Long sendBefore) {
        if (sendBefore != null && System.nanoTime() - sendBefore > 0) {
            request.exceptionHandler(told -> {
                // Vert.x logs an error if there is no handler.
            });
            request.reset(CANCEL, TOO_LATE);
            return false;
        }
        // The client's own time-out was for getting the connection; it must not come before the timer below.
        request.idleTimeout(2 * timeoutMs);
        long timer = vertx.setTimer(timeoutMs, ignored -> request.reset(CANCEL,
                new Exceeded("did not answer in time")));
        request.response()
                .onSuccess(response -> limit(request, response, timer))
                .onFailure(ignored -> vertx.cancelTimer(timer));
        return true;
    }

    private void limit(HttpClientRequest request, HttpClientResponse response, long timer) {
        AtomicLong bytes = new AtomicLong();
        response.handler(chunk -> {
            if (bytes.addAndGet(chunk.length()) > maxAnswerBytes) {
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
