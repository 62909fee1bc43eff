package io.sluice.packingslip;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.sender.*}: who sends the goods, as every slip says. */
@ConfigMapping(prefix = "sluice.sender")
public interface SenderConfig {
    @WithDefault("Sluice")
    String name();

    /** Lines of the address, from the street down. */
    Optional<List<String>> address();
}
