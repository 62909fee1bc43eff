package io.sluice.packingslip;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.Converter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** {@code sluice.paper.*}: paper and fonts. */
@ConfigMapping(prefix = "sluice.paper")
public interface PaperConfig {
    @WithDefault("A4")
    @WithConverter(Size.class)
    PaperSize size();

    /** A folder of fonts that take precedence over the built-in fallbacks. */
    Optional<Path> fonts();

    /** Reads {@code A4} and {@code Letter}, in any case. */
    class Size implements Converter<PaperSize> {

        @Override
        public PaperSize convert(String text) {
            return Stream.of(PaperSize.values())
                    .filter(size -> size.name().equalsIgnoreCase(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("it must be A4 or Letter"));
        }
    }
}
