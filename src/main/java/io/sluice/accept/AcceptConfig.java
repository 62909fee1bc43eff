package io.sluice.accept;

import java.time.Duration;
import java.util.OptionalLong;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.accept.*}: how orders are accepted. */
@ConfigMapping(prefix = "sluice.accept")
interface AcceptConfig {

    /** The most orders in one transaction; 1 turns grouping off. */
    @WithDefault("500")
    int maxGroup();

    /** The most orders that wait for their transaction; with more, the answer is 503. */
    @WithDefault("10000")
    int maxWaiting();

    /** The backlog at which orders to be handled at once are refused with 503; without it, there is no limit. */
    OptionalLong maxBacklog();

    /** A stream of orders on which nothing has moved for so long is cut. */
    @WithDefault("60s")
    Duration bulkPatience();
}
