package io.sluice.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.sluice.shutdown.ShutdownStarted;
import io.vertx.ext.web.RoutingContext;

/** During shutdown, refuses new requests except those for health and metrics. */
@Singleton
class ShutdownCheck implements RequestCheck {
    private static final int RETRY_AFTER_SECONDS = 1;

    private volatile boolean shuttingDown;

    void shutDown(@Observes ShutdownStarted event) {
        shuttingDown = true;
    }

    @Override
    public ProblemException refusal(RoutingContext request) {
        return shuttingDown && !request.normalizedPath().startsWith("/q/")
                ? ProblemException.shuttingDown(RETRY_AFTER_SECONDS)
                : null;
    }
}
