package io.sluice.http;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import io.github.bucket4j.Bucket;

/** A token bucket for each caller. */
final class Buckets {
    /** The callers that are remembered. One that is forgotten starts anew. */
    private static final int CALLERS = 100_000;

    private final LoadingCache<String, Bucket> byCaller;

    /** @param tokens that a caller may take at once, and again, evenly, in each window */
    Buckets(int tokens, Duration window) {
        this.byCaller = Caffeine.newBuilder()
                .maximumSize(CALLERS)
                .expireAfterAccess(window)
                .build(caller -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, window))
                        .build());
    }

    /** @param caller of {@link CallerKey} */
    Bucket of(String caller) {
        return byCaller.get(caller);
    }
}
