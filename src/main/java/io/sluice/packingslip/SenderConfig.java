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

    /** ISO 3166-1 alpha-2. Mail to this country does not name it. */
    Optional<String> country();
}
