package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    /** RFC 9110, section 5.6.7: a recipient must accept all three. */
    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994", "37", " 37 "})
    void everyForm_isUnderstood(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofSeconds(37));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "soon", "-1", "1.5", "0x10", "Sun, 06 Nov 1994 08:49:00 GMT",
            "Sun, 06 Nov 1904 08:49:37 GMT"})
    void anythingElse_saysNothing(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @Test
    void moreThanAnHour_isAnHour() {
        assertThat(RetryAfter.read("Mon, 07 Nov 1994 08:49:37 GMT", NOW)).isEqualTo(Duration.ofHours(1));
        assertThat(RetryAfter.read("9".repeat(100), NOW)).isEqualTo(Duration.ofHours(1));
    }
}
