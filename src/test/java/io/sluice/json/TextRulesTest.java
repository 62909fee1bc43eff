package io.sluice.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\n", "\r\n", "\u000B", "\u0085", "\u00A0", "\u1680", "\u2003", "\u2007",
            "\u2028", "\u202F", "\u205F", "\u3000", "\u200B", "\u200E", "\u200F", "\u2060", "\uFEFF",
            "\u00AD", "\u3164", "\u2800", "\u202A", "\u202C", "\u202E", "\u2066", "\u2069"})
    void outerBlanksAreDropped(String blank) {
        assertThat(TextRules.isBlank(blank)).isTrue();
        assertThat(TextRules.strip(blank + "7" + blank + "7" + blank)).isEqualTo("7" + blank + "7");
        assertThat(TextRules.oneLine(blank + blank)).isEmpty();
        assertThat(TextRules.severalLines(blank + blank)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-", ".", "0", "\0", "\u200C", "\u200D", "🍵", "é"})
    void theseAreNotBlank(String text) {
        assertThat(TextRules.isBlank(text)).isFalse();
        assertThat(TextRules.strip(text)).isEqualTo(text);
    }

    @Test
    void oneLine() {
        assertThat(TextRules.oneLine("Tea\tgreen")).isEqualTo("Tea green");
        assertThat(TextRules.oneLine("Tea\r\ngreen\n")).isEqualTo("Tea green");
        assertThat(TextRules.oneLine("Tea\u2028green")).isEqualTo("Tea green");
        assertThat(TextRules.oneLine("Tea\u00A0green")).isEqualTo("Tea\u00A0green");
    }

    @Test
    void severalLines() {
        assertThat(TextRules.severalLines("a\r\nb\rc\u000Bd\u2028e\u0085f")).isEqualTo("a\nb\nc\nd\ne\nf");
        assertThat(TextRules.severalLines("\n a \t\n\n\u00A0\nb\n\n")).isEqualTo("a\n\n\nb");
    }

    @Test
    void faults() {
        assertThat(TextRules.fault("a\nb", 3)).isNull();
        assertThat(TextRules.fault("a\u0007b", 9)).contains("U+0007");
        assertThat(TextRules.fault("\ud83c", 9)).contains("surrogate");
        assertThat(TextRules.fault("🍵🍵", 2)).isNull();
        assertThat(TextRules.fault("🍵🍵", 1)).contains("longer than 1");
        assertThat(TextRules.storageFault("a\u0007\tb", 9)).isNull();
        assertThat(TextRules.storageFault("a\0b", 9)).contains("U+0000");
    }
}
