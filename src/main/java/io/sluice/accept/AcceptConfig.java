package io.sluice.accept;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.accept.*}: how orders are taken in. */
@ConfigMapping(prefix = "sluice.accept")
interface AcceptConfig {

    /** Orders in one transaction at most; 1 turns grouping off. */
    @WithDefault("500")
    int maxGroup();

    /** Orders that may wait for their transaction; past it the answer is 503. */
    @WithDefault("10000")
    int maxWaiting();
}
