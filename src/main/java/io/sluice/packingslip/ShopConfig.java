package io.sluice.packingslip;

import java.time.DateTimeException;
import java.time.ZoneId;

import org.eclipse.microprofile.config.spi.Converter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** {@code sluice.shop.*}: the shop whose slips are printed. */
@ConfigMapping(prefix = "sluice.shop")
public interface ShopConfig {
    /** Dates on slips are those of this time zone. */
    @WithDefault("UTC")
    @WithConverter(Zone.class)
    ZoneId timeZone();

    /** Reads the id of a time zone. */
    class Zone implements Converter<ZoneId> {

        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text.strip());
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("it must be a time zone such as Europe/Berlin", unknown);
            }
        }
    }
}
