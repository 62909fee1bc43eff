package io.sluice.packingslip;

import java.time.ZoneId;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.shop.*}: the shop whose slips are printed. */
@ConfigMapping(prefix = "sluice.shop")
public interface ShopConfig {
    /** Dates on slips are those of this time zone. */
    @WithDefault("UTC")
    ZoneId timeZone();
}
