package io.sluice.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.sluice.shutdown.ShutdownStarted;
import io.vertx.ext.web.RoutingContext;

/** A process that is stopping takes no new requests but those for its health and metrics. */
@Singleton
class ShutdownCheck implements RequestCheck {
    private static final int RETRY_AFTER_SECONDS = 1;

    private volatile boolean leaving;

    void leave(@Observes ShutdownStarted event) {
        leaving = true;
    }

    @Override
    public ProblemException refusal(RoutingContext request) {
        return leaving && !request.normalizedPath().startsWith("/q/")
                ? ProblemException.leaving(RETRY_AFTER_SECONDS)
                : null;
    }
}
