package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagsTest {

    @ParameterizedTest
    @ValueSource(strings = {"W/\"7\"", "\"7\"", "*", " W/\"7\" ", "\"6\", W/\"7\"", "W/\"7-gzip\"", "W/\"7;gzip\"",
            "\"7--gzip\"", "\"7-br\"", "\"6\",\"7\""})
    void sameVersion(String header) {
        assertThat(ETags.matches(List.of(header), 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"8\"", "\"77\"", "", "7", "W/7", "\"7-x\"", "\"x7\"", "\"99999999999\""})
    void otherVersion(String header) {
        assertThat(ETags.matches(List.of(header), 7)).isFalse();
    }

    @Test
    void severalLines() {
        List<String> lines = List.of("W/\"3\"", "\"5-gzip\", \"4\"");
        assertThat(ETags.matches(lines, 5)).isTrue();
        assertThat(ETags.newestIn(lines)).isEqualTo(5);
        assertThat(ETags.newestIn(List.of())).isZero();
    }
}
