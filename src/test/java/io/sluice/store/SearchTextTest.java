package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

class SearchTextTest {
    private static final OrderDraft ORDER = new OrderDraft("webshop", "WEB-1001 (50%)", Handling.AUTO, null,
            new Customer("Zoë Łukaszewicz-Straße", "zoe@example.com"),
            new Address("Jean-Luc O’Brien", "1 Mill Lane", "Millbrook", "12345", "DE"), Currency.getInstance("EUR"),
            List.of(new OrderLine("MUG-350", "Enamel mug", 2, BigDecimal.ONE),
                    new OrderLine("ΜΟΥΣΤΟΣ", "Must", 1, BigDecimal.ONE)));

    private static boolean finds(String search) {
        String text = SearchText.of(ORDER);
        return SearchText.words(search)
                .stream()
                .allMatch(word -> SearchText.forms(word).stream().anyMatch(text::contains));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEB-1001", "web1001", "eb-10", "Web\u20111001", "zoë", "Zoe\u0308", "ZOE", "Lukaszewicz",
            "strasse", "STRASSE zoe", "Straße", "example.com", "zoe@example", "brien jean", "O'Brien", "JEANLUC",
            "mug-350", "mug350", "μουστος", "Μούστος", "(50%)", "50%"})
    void whatPeopleHaveInTheirHands_finds(String search) {
        assertThat(finds(search)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5_%", "WEB_1001", "zoe lovelace", "web1002", "zoeexample", "50%)%"})
    void otherText_doesNotFind(String search) {
        assertThat(finds(search)).isFalse();
    }

    /** What a scanner types that is set up for an American keyboard. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\u0000', delimiter = '|', value = {"German|WEBß1001", "Spanish, Italian|WEB'1001",
            "Swedish|WEB+1001", "Dutch|WEB/1001", "Turkish|WEB*1001", "Hungarian|WEBü1öö1", "Icelandic|WEBö1001",
            "Czech|WEB=+éé+", "French|ZEB)&àà&", "Russian|ЦУИ-1001", "Greek|ςεβ-1001",
            "Hebrew|'קנ-1001"})
    void foreignKeyboardLayouts_areUnderstood(String layout, String typed) {
        assertThat(finds(typed)).as(layout).isTrue();
    }

    @Test
    void germanLayout_swapsYAndZ() {
        assertThat(SearchText.forms("XZYß1")).contains("xyz1");
    }

    @Test
    void names_areNotTakenForIds() {
        assertThat(SearchText.forms("Müller")).containsExactly("muller");
        assertThat(SearchText.forms("René")).containsExactly("rene");
        assertThat(SearchText.forms("ada")).containsExactly("ada");
    }
}
