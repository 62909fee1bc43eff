package io.sluice.partner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.JsonProcessingException;

class EntryReaderTest {

    private static EntryReader.Page page(String json) throws IOException {
        return EntryReader.page(json.getBytes(UTF_8));
    }

    static List<String> unreadable() {
        return List.of("[".repeat(5_000) + "]".repeat(5_000), "{\"a\":".repeat(90_000) + "1" + "}".repeat(90_000),
                "1".repeat(2_000), "0." + "1".repeat(2_000), "{\"a\": 1, \"a\": 2}",
                "{\"" + "n".repeat(60_000) + "\": 1}");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void unreadableEntry_doesNotSpoilTheOthers(String value) throws IOException {
        EntryReader.Page page = page("""
                {"nextCursor": "ü", "orders": [{"externalId": "Ä-1"}, {"externalId": "2", "x": %s, "channel": "c"},
                    "text", 3 , {"externalId": "4"}], "more": true, "x": [{"orders": []}]}""".formatted(value));

        assertThat(page.entries()).extracting(entry -> entry.order().path("externalId").asText())
                .containsExactly("Ä-1", "2", "", "", "4");
        assertThat(page.entries()).extracting(Fetched.Entry::fault).satisfies(faults -> {
            assertThat(faults.get(1)).startsWith("The order ").endsWith(".").doesNotContain("StreamReadConstraints");
            faults.remove(1);
            assertThat(faults).containsOnlyNulls();
        });
        assertThat(page.entries().get(1).order().path("channel").asText()).isEqualTo("c");
        assertThat(page.head().path("nextCursor").asText()).isEqualTo("ü");
        assertThat(page.head().path("more").asBoolean()).isTrue();
    }

    @Test
    void pageThatNestsTooDeep_isRefusedInPlainWords() {
        assertThatThrownBy(() -> page("{\"orders\": [" + "[".repeat(200_000)))
                .isInstanceOf(PartnerAnswer.Garbled.class)
                .hasMessage("nests more than 100000 levels deep, so that it cannot be read");
    }

    @Test
    void otherAnswers_areNoPages() throws IOException {
        assertThat(page("\uFEFF{}").entries()).isNull();
        assertThat(page("{\"orders\": {}}").entries()).isNull();
        assertThat(page("{\"orders\": []}").entries()).isEmpty();
        assertThatThrownBy(() -> page("[]")).isInstanceOf(PartnerAnswer.Garbled.class);
        assertThatThrownBy(() -> page("{} {")).isInstanceOf(PartnerAnswer.Garbled.class);
        assertThatThrownBy(() -> page("")).isInstanceOf(PartnerAnswer.Garbled.class);
        for (String broken : List.of("{", "{\"orders\": [", "{\"orders\": [{]}", "<html>")) {
            assertThatThrownBy(() -> page(broken)).isInstanceOf(JsonProcessingException.class);
        }
    }
}
