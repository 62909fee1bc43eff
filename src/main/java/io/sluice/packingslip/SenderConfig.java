package io.sluice.packingslip;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.sender.*}: the sender printed on every slip. */
@ConfigMapping(prefix = "sluice.sender")
public interface SenderConfig {
    @WithDefault("Sluice")
    String name();

    /** The address lines, from the street down. */
    Optional<List<String>> address();
}
