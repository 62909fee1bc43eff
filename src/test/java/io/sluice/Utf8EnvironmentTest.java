package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** Environment variables in a locale without UTF-8. */
class Utf8EnvironmentTest {

    @Test
    void variablesBeyondAscii_areReadAsUtf8() {
        byte[] environment = "HOME=/root\0SLUICE_SENDER_NAME=Käserei = 酪農場 🧀\0EMPTY=\0SLUICE_SENDER_ADDRESS=Straße 1\nZürich\0"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8Environment.beyondAscii(environment)).isEqualTo(Map.of(
                "SLUICE_SENDER_NAME", "Käserei = 酪農場 🧀",
                "SLUICE_SENDER_ADDRESS", "Straße 1\nZürich"));
    }

    @Test
    void otherEncodings_areLeftToTheLocale() {
        byte[] environment = "SLUICE_SENDER_NAME=Käserei\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Utf8Environment.beyondAscii(environment)).isEmpty();
    }

    @Test
    void noVariables() {
        assertThat(Utf8Environment.beyondAscii(new byte[0])).isEmpty();
        assertThat(Utf8Environment.beyondAscii("ä\0=ä\0".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
