package io.sluice.packingslip;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.paper.*}: paper and fonts. */
@ConfigMapping(prefix = "sluice.paper")
public interface PaperConfig {
    @WithDefault("A4")
    PaperSize size();

    /** A folder of fonts that take precedence over the built-in fallbacks. */
    Optional<Path> fonts();
}
