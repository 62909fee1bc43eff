package io.sluice.http;

import java.time.Duration;
import java.util.HexFormat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.netty.util.NetUtil;
import io.sluice.access.Caller;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Limits the requests of a caller to the API of this process. Every answer tells what is left
 * (draft-ietf-httpapi-ratelimit-headers-10).
 */
@Singleton
class RateLimit {
    /** The callers that are remembered. One that is forgotten starts anew. */
    private static final int CALLERS = 100_000;
    private static final int NETWORK_BYTES = 8;

    private final String policy;
    /** By caller; null if there is no limit. */
    private final LoadingCache<String, Bucket> buckets;

    @Inject
    RateLimit(RateLimitConfig config) {
        long seconds = config.window().toSeconds();
        if (seconds < 1) {
            throw new IllegalArgumentException("SLUICE_HTTP_RATE_LIMIT_WINDOW: must be at least 1s");
        }
        int requests = config.requests().orElse(1);
        if (requests < 1) {
            throw new IllegalArgumentException("SLUICE_HTTP_RATE_LIMIT_REQUESTS: must be at least 1");
        }
        this.policy = "\"caller\";q=" + requests + ";w=" + seconds;
        this.buckets = config.requests().isEmpty() ? null : buckets(requests, config.window());
    }

    private static LoadingCache<String, Bucket> buckets(int requests, Duration window) {
        return Caffeine.newBuilder()
                .maximumSize(CALLERS)
                .expireAfterAccess(window)
                .build(caller -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, window))
                        .build());
    }

    /** Counts a request. Returns why it is refused, or null if it may go on. */
    ProblemException refusal(RoutingContext request, Caller caller) {
        if (buckets == null || !request.normalizedPath().startsWith("/api/")) {
            return null;
        }
        ConsumptionProbe asked = buckets.get(nameOf(caller, request.request())).tryConsumeAndReturnRemaining(1);
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

    private static String nameOf(Caller caller, HttpServerRequest request) {
        return caller.identity().isEmpty()
                ? network(String.valueOf(request.remoteAddress().hostAddress()))
                : "caller " + caller.identity();
    }

    /** An address; of IPv6 its network, because one customer usually has a whole one (RFC 6177). */
    private static String network(String address) {
        boolean sixth = NetUtil.isValidIpV6Address(address) && !address.contains(".");
        return sixth
                ? HexFormat.of().formatHex(NetUtil.createByteArrayFromIpAddressString(address), 0, NETWORK_BYTES)
                : address;
    }
}
