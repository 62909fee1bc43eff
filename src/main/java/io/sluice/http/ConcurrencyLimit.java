package io.sluice.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.sluice.access.Caller;
import io.vertx.ext.web.RoutingContext;

/**
 * Limits how many requests of one caller this process is answering at a time. Calls that wait, streams of events and
 * streams of orders last long, so that a rate does not limit them.
 */
@Singleton
class ConcurrencyLimit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int most;
    private final ConcurrentHashMap<String, Integer> underway = new ConcurrentHashMap<>();

    @Inject
    ConcurrencyLimit(RateLimitConfig config) {
        this.most = RateLimitConfig.atLeastOne("CONCURRENT", config.concurrent());
    }

    /** Counts a request until it has been answered. Returns why it is refused, or null if it may go on. */
    ProblemException refusal(RoutingContext request, Caller caller) {
        if (most == Integer.MAX_VALUE || !isCounted(request.normalizedPath())) {
            return null;
        }
        String key = CallerKey.of(caller, request);
        if (underway.merge(key, 1, Integer::sum) > most) {
            leave(key);
            return ProblemException.rateLimited("This process is answering " + most
                    + " of your requests, and that is as many as you may have underway. Streams and calls that wait count.",
                    RETRY_AFTER);
        }
        request.addEndHandler(ended -> leave(key));
        return null;
    }

    private static boolean isCounted(String path) {
        return path.startsWith("/api/") || path.equals("/dashboard/events");
    }

    private void leave(String key) {
        underway.computeIfPresent(key, (caller, count) -> count == 1 ? null : count - 1);
    }
}
