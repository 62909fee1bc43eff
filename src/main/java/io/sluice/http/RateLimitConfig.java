package io.sluice.http;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.http.rate-limit.*}: how many requests a caller may send. */
@ConfigMapping(prefix = "sluice.http.rate-limit")
interface RateLimitConfig {

    /** Requests that one caller may send to the API of this process in a window; without it, there is no limit. */
    OptionalInt requests();

    /** In which the whole number of requests becomes available again, evenly. */
    @WithDefault("60s")
    Duration window();
}
