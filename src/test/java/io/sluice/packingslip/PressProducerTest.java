package io.sluice.packingslip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.testing.PdfText;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The settings of the paper. */
class PressProducerTest {

    @Test
    void defaults_areA4AndUtc() {
        SmallRyeConfig config = config(Map.of());

        assertThat(config.getConfigMapping(PaperConfig.class).size()).isEqualTo(PaperSize.A4);
        assertThat(config.getConfigMapping(ShopConfig.class).timeZone()).hasToString("UTC");
    }

    @Test
    void paperTimeZoneAndSender_areOnTheSlip() {
        Press press = press(Map.of("sluice.paper.size", "Letter", "sluice.shop.time-zone", "Pacific/Pago_Pago",
                "sluice.sender.name", "Käserei", "sluice.sender.address", "Straße 1,Zürich"));

        try (PdfText pdf = new PdfText(press.pdf(Slips.plain()))) {
            assertThat(pdf.width()).isEqualTo(612);
            assertThat(pdf.page(1)).contains("1 March 2026", "Käserei", "Straße 1 · Zürich");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            sluice.paper.size,      A3,        it must be A4 or Letter
            sluice.shop.time-zone,  Mars,      it must be a time zone such as Europe/Berlin
            sluice.sender.country,  Germany,   SLUICE_SENDER_COUNTRY
            sluice.paper.fonts,     /no/where, SLUICE_PAPER_FONTS
            """)
    void wrongValue_isNamed(String key, String value, String message) {
        assertThatThrownBy(() -> press(Map.of(key, value))).hasMessageContaining(message)
                .hasMessageContaining(value);
    }

    @Test
    void senderThatFitsOnNoSlip_isRefused() {
        assertThatThrownBy(() -> press(Map.of("sluice.sender.address", "Spielwaren ".repeat(60))))
                .hasMessageContaining("SLUICE_SENDER_NAME and SLUICE_SENDER_ADDRESS");
    }

    private static Press press(Map<String, String> values) {
        SmallRyeConfig config = config(values);
        return new PressProducer().press(config.getConfigMapping(SenderConfig.class),
                config.getConfigMapping(PaperConfig.class), config.getConfigMapping(ShopConfig.class));
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().withMapping(SenderConfig.class)
                .withMapping(PaperConfig.class)
                .withMapping(ShopConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
