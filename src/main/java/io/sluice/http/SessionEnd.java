package io.sluice.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Ends a stream of events when the token of its client does. Clients connect again, with a new token if they have one. */
@Singleton
class SessionEnd {
    private final Vertx vertx;
    private final Clock clock;

    @Inject
    SessionEnd(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Looks at the answer once it begins: other answers end by themselves. */
    void closeStream(RoutingContext request, Instant end) {
        request.addHeadersEndHandler(begins -> {
            String type = request.response().headers().get(HttpHeaders.CONTENT_TYPE);
            if (type != null && type.startsWith("text/event-stream")) {
                long wait = Math.max(1, Duration.between(clock.instant(), end).toMillis());
                long timer = vertx.setTimer(wait, due -> request.response().reset());
                request.addEndHandler(ended -> vertx.cancelTimer(timer));
            }
        });
    }
}
