package io.sluice.intake;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.intake.*}: how pending orders are fetched. Which marketplaces have some is said with the partners. */
@ConfigMapping(prefix = "sluice.intake")
interface ImportConfig {
    Duration MIN_INTERVAL = Duration.ofSeconds(1);
    int MAX_PAGE = 500;

    /** From the end of one import to the beginning of the next. */
    @WithDefault("60s")
    Duration interval();

    /** How many orders a page should have. */
    @WithDefault("100")
    int pageSize();

    /** @throws IllegalArgumentException naming a key whose value makes no sense */
    default void check() {
        if (interval().compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException("SLUICE_INTAKE_INTERVAL: must be at least 1s");
        }
        if (pageSize() < 1 || pageSize() > MAX_PAGE) {
            throw new IllegalArgumentException("SLUICE_INTAKE_PAGE_SIZE: must be 1 to " + MAX_PAGE);
        }
    }
}
