package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarkusPropertiesTest {

    private final QuarkusProperties properties = new QuarkusProperties(Settings.read());

    @AfterEach
    void restore() {
        properties.close();
    }

    @ParameterizedTest
    @CsvSource({
            "postgresql://db:5433/shop, jdbc:postgresql://db:5433/shop",
            "postgresql://db/shop?sslmode=require, jdbc:postgresql://db/shop?sslmode=require",
            "vertx-reactive:postgresql://db/shop, jdbc:postgresql://db/shop",
            "postgresql://ann:s%40cret@db/shop, jdbc:postgresql://db/shop"})
    void database_jdbcUrlIsDerived(String reactive, String jdbc) {
        properties.database(reactive);
        assertThat(System.getProperty("quarkus.datasource.jdbc.url")).isEqualTo(jdbc);
        assertThat(System.getProperty("quarkus.datasource.reactive.url")).isEqualTo(reactive);
    }

    @Test
    void database_userInUrl_isTheDefault() {
        properties.database("postgresql://ann:s%40cret@db/shop");
        assertThat(System.getProperty("quarkus.datasource.username")).isEqualTo("ann");
        assertThat(System.getProperty("quarkus.datasource.password")).isEqualTo("s@cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://collector:4318", "http://collector:4318/v1/traces",
            "http://collector:4318/v1/traces/"})
    void tracing_pathOfTheSignalMayBeInTheUrl(String endpoint) {
        properties.set("sluice.tracing.endpoint", endpoint);
        try (QuarkusProperties traced = new QuarkusProperties(Settings.read())) {
            traced.tracing();
            assertThat(System.getProperty("quarkus.otel.exporter.otlp.traces.endpoint"))
                    .isEqualTo("http://collector:4318");
        }
    }

    @Test
    void namedPartners_withoutUrl_areAtTheSimulator() {
        properties.set("sluice.partners.carrier.dhl.countries", "DE");
        properties.set("sluice.partners.carrier.ups.countries", "FR");
        properties.set("sluice.partners.carrier.ups.url", "http://127.0.0.1:1/ups");

        properties.namedPartners("http://127.0.0.1:8090");

        assertThat(System.getProperty("sluice.partners.carrier.dhl.url"))
                .isEqualTo("http://127.0.0.1:8090/carriers/dhl");
        assertThat(System.getProperty("sluice.partners.carrier.ups.url")).isEqualTo("http://127.0.0.1:1/ups");
    }

    @Test
    void partnersOfTheEnvironment_giveWayToSystemProperties() {
        properties.set("sluice.partners.printer.table-2.url", "http://127.0.0.1:1/mine");

        properties.partnersOfEnvironment(Map.of("SLUICE_PARTNERS_PRINTER_TABLE_2_URL", "http://127.0.0.1:1/a",
                "SLUICE_PARTNERS_PRINTER_TABLE_3_URL", "http://127.0.0.1:1/b"));

        assertThat(System.getProperty("sluice.partners.printer.table-2.url")).isEqualTo("http://127.0.0.1:1/mine");
        assertThat(System.getProperty("sluice.partners.printer.table-3.url")).isEqualTo("http://127.0.0.1:1/b");
    }

    @Test
    void close_leavesTheConfigurationAsItWas() {
        properties.defaultPartners("http://127.0.0.1:8090");
        assertThat(System.getProperty("sluice.partners.carrier.url")).isEqualTo("http://127.0.0.1:8090/carrier");
        properties.close();
        assertThat(System.getProperty("sluice.partners.carrier.url")).isNull();
    }
}
