package io.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            25.00     | EUR | 25.00 EUR
            1234567.5 | EUR | 1,234,567.5 EUR
            2592      | JPY | 2,592 JPY
            0.330     | KWD | 0.330 KWD
            """)
    void money_keepsItsScaleAndNamesItsCurrency(String amount, String currency, String shown) {
        assertThat(Words.money(amount, currency)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"42, 42 ms", "1250, 1.3 s", "59900, 59.9 s", "125000, 2 min 5 s"})
    void duration_inUnitsOneCanJudge(long millis, String shown) {
        assertThat(Words.duration(millis)).isEqualTo(shown);
    }

    @Test
    void steps_areSentences() {
        assertThat(Words.sentence("print-packing-slip")).isEqualTo("Print packing slip");
    }

    @Test
    void country_byName() {
        assertThat(Words.country("KW")).isEqualTo("Kuwait");
    }
}
