package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.partner.PartnerConfig;

class PartnerKeysTest {

    @Test
    void environmentVariables_mayNamePartnersWithDashes() {
        assertThat(PartnerKeys.ofEnvironment(Map.of("SLUICE_PARTNERS_PRINTER_TABLE_2_URL", "http://host/a",
                "SLUICE_PARTNERS_PRINTER__TABLE_3__CHANNELS", "webshop", "SLUICE_PARTNERS_CARRIER_DHL_COUNTRIES",
                "DE", "SLUICE_PARTNERS_MARKETPLACE_EBAY_UK_INTAKE", "auto")))
                .containsOnly(Map.entry("sluice.partners.printer.table-2.url", "http://host/a"),
                        Map.entry("sluice.partners.printer.table-3.channels", "webshop"),
                        Map.entry("sluice.partners.carrier.dhl.countries", "DE"),
                        Map.entry("sluice.partners.marketplace.ebay-uk.intake", "auto"));
    }

    @Test
    void environmentVariablesOfDefaultPartners_areLeftToQuarkus() {
        assertThat(PartnerKeys.ofEnvironment(Map.of("SLUICE_PARTNERS_CARRIER_URL", "http://host/a",
                "SLUICE_PARTNERS_TIMEOUT_MS", "1", "SLUICE_PARTNERS_CARRIER_DHL_URL", "",
                "SLUICE_PARTNERS_MARKETPLACE_INTAKE", "auto"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLUICE_PARTNERS_CARRIER_DHL_COUNTRY", "SLUICE_PARTNERS_CARIER_DHL_URL",
            "SLUICE_PARTNERS_CARRIER_DHL_INTAKE", "SLUICE_PARTNERS_PRINTER_INTAKE",
            "SLUICE_PARTNERS_CARRIER", "SLUICE_PARTNERS_CARRIER_DHL", "SLUICE_PARTNERS_TIMEOUT"})
    void misspelledVariable_isAnError(String variable) {
        assertThatThrownBy(() -> PartnerKeys.ofEnvironment(Map.of(variable, "x"))).isInstanceOf(StartFailure.class)
                .hasMessageStartingWith(variable + ": there is no such setting");
    }

    @Test
    void settingsOfAllPartners_areKnown() {
        assertThat(PartnerKeys.OF_ALL).containsExactlyInAnyOrderElementsOf(Stream.of(PartnerConfig.class.getMethods())
                .filter(method -> method.getReturnType() != Map.class)
                .map(method -> method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                .toList());
    }

    @Test
    void partnersWithRules_areAtTheSimulator() {
        assertThat(PartnerKeys.simulatorUrls(List.of("sluice.partners.carrier.url", "sluice.partners.carrier.channels",
                "sluice.partners.carrier.dhl.countries", "sluice.partners.printer.table-2.channels[0]"), "http://s"))
                .containsOnly(Map.entry("sluice.partners.carrier.dhl.url", "http://s/carriers/dhl"),
                        Map.entry("sluice.partners.printer.table-2.url", "http://s/printers/table-2"));
    }
}
