package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.sluice.order.Handling;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The keys that name partners, from each source that they may come from. */
class PartnerConfigTest {
    private static final Map<String, String> DEFAULTS = Map.of(
            "sluice.partners.carrier.url", "http://127.0.0.1:1/carrier",
            "sluice.partners.printer.url", "http://127.0.0.1:1/printer",
            "sluice.partners.marketplace.url", "http://127.0.0.1:1/marketplace");

    @Test
    void keysOfToday_areTheDefaults() {
        PartnerDirectory directory = directory(Map.of(), Map.of());

        assertThat(directory.all()).containsExactly(Partner.defaultOf(PartnerKind.CARRIER),
                Partner.defaultOf(PartnerKind.PRINTER), Partner.defaultOf(PartnerKind.MARKETPLACE));
        assertThat(directory.url(directory.all().get(0))).isEqualTo(URI.create("http://127.0.0.1:1/carrier"));
    }

    @Test
    void namedPartner_fromProperties() {
        PartnerDirectory directory = directory(Map.of("sluice.partners.carrier.dhl.url", "http://127.0.0.1:1/dhl",
                "sluice.partners.carrier.dhl.channels", "webshop, shop-2",
                "sluice.partners.carrier.dhl.countries", "DE,AT"), Map.of());

        assertThat(directory.route(PartnerKind.CARRIER, "shop-2", "AT"))
                .isEqualTo(new Partner(PartnerKind.CARRIER, "dhl"));
        assertThat(directory.route(PartnerKind.CARRIER, "shop-2", "FR").name()).isEqualTo("carrier");
    }

    @Test
    void namedPartner_fromTheEnvironment() {
        PartnerDirectory directory = directory(Map.of(), Map.of(
                "SLUICE_PARTNERS_CARRIER_URL", "http://127.0.0.1:2/carrier",
                "SLUICE_PARTNERS_CARRIER_DHL_URL", "http://127.0.0.1:1/dhl",
                "SLUICE_PARTNERS_CARRIER_DHL_COUNTRIES", "DE"));

        assertThat(directory.route(PartnerKind.CARRIER, "webshop", "DE").name()).isEqualTo("dhl");
        assertThat(directory.url(Partner.defaultOf(PartnerKind.CARRIER)))
                .isEqualTo(URI.create("http://127.0.0.1:2/carrier"));
    }

    @Test
    void nameWithDash_fromTheEnvironment_isTheSameAsElsewhere() {
        PartnerDirectory directory = directory(Map.of("sluice.partners.printer.table-2.channels", "webshop"),
                Map.of("SLUICE_PARTNERS_PRINTER__TABLE_2__URL", "http://127.0.0.1:1/table-2"));

        assertThat(directory.route(PartnerKind.PRINTER, "webshop", "DE").name()).isEqualTo("table-2");
    }

    @Test
    void intake_saysWhoseOrdersAreFetched() {
        PartnerDirectory directory = directory(Map.of("sluice.partners.marketplace.ebay.url", "http://127.0.0.1:1/ebay",
                "sluice.partners.marketplace.ebay.channels", "ebay-uk,eBay-DE",
                "sluice.partners.marketplace.etsy.url", "http://127.0.0.1:1/etsy",
                "sluice.partners.marketplace.etsy.intake", "off"),
                Map.of("SLUICE_PARTNERS_MARKETPLACE_INTAKE", "manual",
                        "SLUICE_PARTNERS_MARKETPLACE_EBAY_INTAKE", "auto"));

        assertThat(directory.importSources()).containsExactly(
                new ImportSource(Partner.defaultOf(PartnerKind.MARKETPLACE), List.of("marketplace"), Handling.MANUAL),
                new ImportSource(new Partner(PartnerKind.MARKETPLACE, "ebay"), List.of("ebay-de", "ebay-uk"),
                        Handling.AUTO));
        assertThat(directory(Map.of(), Map.of()).importSources()).isEmpty();
    }

    private static PartnerDirectory directory(Map<String, String> properties, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.putAll(properties);
        return new PartnerDirectory(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(PartnerConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 250), new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(PartnerConfig.class));
    }
}
