package io.sluice.http;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.sluice.access.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Limits the orders that a caller sends in streams and files. A stream is slowed down, a file that is too long is refused. */
@Singleton
public class LineRate {
    private final Vertx vertx;
    /** Null if there is no limit. */
    private final Buckets buckets;
    private final int most;

    @Inject
    LineRate(RateLimitConfig config, Vertx vertx) {
        this.vertx = vertx;
        this.buckets = config.buckets("LINES", config.lines());
        this.most = config.lines().orElse(Integer.MAX_VALUE);
    }

    /** Completes when the caller may send one more line. Whoever waits for it reads no further meanwhile. */
    public Uni<Void> next(RoutingContext request) {
        if (buckets == null) {
            return Uni.createFrom().voidItem();
        }
        long nanos = bucket(request).consumeIgnoringRateLimits(1);
        long millis = Duration.ofNanos(nanos + 999_999).toMillis();
        return millis == 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .emitter(waiting -> vertx.setTimer(millis, now -> waiting.complete(null)));
    }

    /** @throws ProblemException 429 if the caller has to wait before sending so many lines; 413 if they exceed the limit */
    public void take(RoutingContext request, int lines) {
        if (buckets == null || lines == 0) {
            return;
        }
        if (lines > most) {
            throw ProblemException.tooLarge("The file has " + lines + " rows. You may send " + most
                    + " at a time: divide the file, or send a stream.");
        }
        ConsumptionProbe asked = bucket(request).tryConsumeAndReturnRemaining(lines);
        if (!asked.isConsumed()) {
            throw ProblemException.rateLimited("You have sent as many orders in streams and files as you may for now: "
                    + asked.getRemainingTokens() + " of this file's " + lines + " could be taken.",
                    Duration.ofNanos(asked.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket(RoutingContext request) {
        return buckets.of(CallerKey.of(Caller.of(request), request));
    }
}
