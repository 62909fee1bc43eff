package io.sluice.packingslip;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** {@code sluice.paper.*}: how slips are drawn. */
@ConfigMapping(prefix = "sluice.paper")
public interface PaperConfig {
    /** A folder of fonts for what the built-in ones lack, or draw in another way. */
    Optional<Path> fonts();
}
