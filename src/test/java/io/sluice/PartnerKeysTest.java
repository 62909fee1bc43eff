package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class PartnerKeysTest {

    @Test
    void environmentVariables_mayNamePartnersWithDashes() {
        assertThat(PartnerKeys.ofEnvironment(Map.of("SLUICE_PARTNERS_PRINTER_TABLE_2_URL", "http://host/a",
                "SLUICE_PARTNERS_PRINTER__TABLE_3__CHANNELS", "webshop", "SLUICE_PARTNERS_CARRIER_DHL_COUNTRIES",
                "DE")))
                .containsOnly(Map.entry("sluice.partners.printer.table-2.url", "http://host/a"),
                        Map.entry("sluice.partners.printer.table-3.channels", "webshop"),
                        Map.entry("sluice.partners.carrier.dhl.countries", "DE"));
    }

    @Test
    void environmentVariablesOfDefaultPartners_areLeftToQuarkus() {
        assertThat(PartnerKeys.ofEnvironment(Map.of("SLUICE_PARTNERS_CARRIER_URL", "http://host/a",
                "SLUICE_PARTNERS_TIMEOUT_MS", "1", "SLUICE_PARTNERS_CARRIER_DHL_URL", ""))).isEmpty();
    }

    @Test
    void partnersWithRules_areAtTheSimulator() {
        assertThat(PartnerKeys.simulatorUrls(List.of("sluice.partners.carrier.url", "sluice.partners.carrier.channels",
                "sluice.partners.carrier.dhl.countries", "sluice.partners.printer.table-2.channels[0]"), "http://s"))
                .containsOnly(Map.entry("sluice.partners.carrier.dhl.url", "http://s/carriers/dhl"),
                        Map.entry("sluice.partners.printer.table-2.url", "http://s/printers/table-2"));
    }
}
