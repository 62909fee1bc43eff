package io.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            25.00     | EUR | 25.00 EUR
            1234567.5 | EUR | 1,234,567.5 EUR
            2592      | JPY | 2,592 JPY
            0.330     | KWD | 0.330 KWD
            """)
    void money_keepsItsScaleAndNamesItsCurrency(String amount, String currency, String shown) {
        assertThat(Format.money(amount, currency)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"42, 42 ms", "1250, 1.3 s", "59900, 59.9 s", "125000, 2 min 5 s", "11520000, 3 h 12 min"})
    void duration_usesReadableUnits(long millis, String shown) {
        assertThat(Format.duration(millis)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"-3, a few seconds left", "7, a few seconds left", "42, about 40 s left", "89, about 90 s left",
            "90, about 2 min left", "600, about 10 min left", "3540, about 59 min left", "3590, about 1 h left",
            "7750, about 2 h 10 min left", "4000000, 'about 1,111 h 10 min left'"})
    void timeLeft_isNoMorePreciseThanItCanBe(long seconds, String shown) {
        assertThat(Format.timeLeft(Duration.ofSeconds(seconds))).isEqualTo(shown);
    }

    @Test
    void orders_areCounted() {
        assertThat(Format.orders(1)).isEqualTo("1 order");
        assertThat(Format.orders(100_000)).isEqualTo("100,000 orders");
    }

    @Test
    void steps_areFormatted() {
        assertThat(Format.sentence("print-packing-slip")).isEqualTo("Print packing slip");
    }

    @Test
    void country_byName() {
        assertThat(Format.country("KW")).isEqualTo("Kuwait");
    }
}
