package io.sluice.http;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.github.bucket4j.ConsumptionProbe;
import io.sluice.access.Caller;
import io.vertx.ext.web.RoutingContext;

/**
 * Limits the requests of a caller to the API of this process. Every answer tells what is left
 * (draft-ietf-httpapi-ratelimit-headers-10).
 */
@Singleton
class RateLimit {
    private final String policy;
    /** Null if there is no limit. */
    private final Buckets buckets;

    @Inject
    RateLimit(RateLimitConfig config) {
        this.policy = "\"caller\";q=" + config.requests().orElse(0) + ";w=" + config.window().toSeconds();
        this.buckets = config.buckets("REQUESTS", config.requests());
    }

    /** Counts a request. Returns why it is refused, or null if it may go on. */
    ProblemException refusal(RoutingContext request, Caller caller) {
        if (buckets == null || !request.normalizedPath().startsWith("/api/")) {
            return null;
        }
        ConsumptionProbe asked = buckets.of(CallerKey.of(caller, request)).tryConsumeAndReturnRemaining(1);
        Duration whole = Duration.ofNanos(asked.getNanosToWaitForReset());
        request.response()
                .putHeader("RateLimit-Policy", policy)
                .putHeader("RateLimit", "\"caller\";r=" + asked.getRemainingTokens() + ";t="
                        + ProblemException.wholeSeconds(whole));
        return asked.isConsumed()
                ? null
                : ProblemException.rateLimited("You have sent as many requests as you may for now.",
                        Duration.ofNanos(asked.getNanosToWaitForRefill()));
    }
}
