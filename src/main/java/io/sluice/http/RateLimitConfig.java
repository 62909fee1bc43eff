package io.sluice.http;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.http.rate-limit.*}: how much of this process a caller may use. */
@ConfigMapping(prefix = "sluice.http.rate-limit")
interface RateLimitConfig {

    /** Requests that one caller may send to the API of this process in a window; without it, there is no limit. */
    OptionalInt requests();

    /** Orders in streams and files that this process takes from one caller in a window; without it, there is no limit. */
    OptionalInt lines();

    /** Requests of one caller that this process may be answering at a time; without it, there is no limit. */
    OptionalInt concurrent();

    /** In which the whole number of requests or lines becomes available again, evenly. */
    @WithDefault("60s")
    Duration window();

    /**
     * Null if the limit is not set.
     *
     * @param name of the key's last part
     */
    default Buckets buckets(String name, OptionalInt limit) {
        if (window().toSeconds() < 1) {
            throw new IllegalArgumentException("SLUICE_HTTP_RATE_LIMIT_WINDOW: must be at least 1s");
        }
        return limit.isEmpty() ? null : new Buckets(atLeastOne(name, limit), window());
    }

    /** @throws IllegalArgumentException if it is less; a limit that is not set is {@link Integer#MAX_VALUE} */
    static int atLeastOne(String name, OptionalInt limit) {
        int value = limit.orElse(Integer.MAX_VALUE);
        if (value < 1) {
            throw new IllegalArgumentException("SLUICE_HTTP_RATE_LIMIT_" + name + ": must be at least 1");
        }
        return value;
    }
}
