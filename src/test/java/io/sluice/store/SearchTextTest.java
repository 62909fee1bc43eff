package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

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

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private static boolean finds(String search) {
        return finds(search, SearchText.of(ORDER, ID));
    }

    private static boolean finds(String search, String text) {
        return SearchText.words(search)
                .stream()
                .allMatch(word -> SearchText.forms(word).stream().anyMatch(text::contains));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEB-1001", "web1001", "eb-10", "Web\u20111001", "zoë", "Zoe\u0308", "ZOE", "Lukaszewicz",
            "strasse", "STRASSE zoe", "Straße", "example.com", "zoe@example", "brien jean", "O'Brien", "JEANLUC",
            "mug-350", "mug350", "μουστος", "Μούστος", "(50%)", "50%", "#WEB-1001", "'WEB-1001'",
            "\"WEB-1001\"", "„WEB-1001“", "<WEB-1001>", "WEB/1001", "WEB-1001,", "§WEBß1001", "OBrien", "o`brien"})
    void whatPeopleHaveInTheirHands_finds(String search) {
        assertThat(finds(search)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5_%", "WEB_1001", "zoe lovelace", "web1002", "zoeexample", "50%)%", "WEB?1001"})
    void otherText_doesNotFind(String search) {
        assertThat(finds(search)).isFalse();
    }

    /** One or two letters find the beginnings of words only, so what follows punctuation is a beginning, too. */
    @Test
    void whatFollowsPunctuation_beginsAWord() {
        OrderDraft order = new OrderDraft("webshop", "WEB 1001", Handling.AUTO, null,
                new Customer("Ann O’Neill-Ng", "a.b@c.de"), new Address("Jean-Luc", "1", "London", "1", "GB"),
                Currency.getInstance("EUR"), List.of(new OrderLine("TS-RED/XL", "Shirt", 1, BigDecimal.ONE),
                        new OrderLine("SKU.12.M", "Box", 1, BigDecimal.ONE)));
        List<String> words = List.of(SearchText.of(order, ID).split(" "));
        assertThat(words).contains("ne", "ng", "lu", "re", "xl", "12", "m").doesNotContain("c", "de");
    }

    @Test
    void codes_areFoundWithoutTheirBlanks() {
        OrderDraft order = new OrderDraft("webshop", "WEB 1001", Handling.AUTO, null, new Customer("Ann", null),
                new Address("Ann", "1", "London", "1", "GB"), Currency.getInstance("EUR"),
                List.of(new OrderLine("TS RED XL", "Shirt", 1, BigDecimal.ONE)));
        assertThat(List.of(SearchText.of(order, ID).split(" "))).contains("web1001", "tsredxl");
    }

    @Test
    void marksOfDirection_areIgnored() {
        assertThat(finds("zoe", SearchText.plain("\u202AZ\u2066oë\u2069\u202C"))).isTrue();
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
    void slashesAndUnderscores_ofFrenchKeyboards() {
        assertThat(SearchText.forms("WY)éà)&è!Q")).contains("zy2017a");
        assertThat(SearchText.forms("ord°éàéè°è")).contains("ord_2027_7");
        assertThat(SearchText.forms("ord%+éěš%š")).contains("ord_1023_3");
    }

    @ParameterizedTest
    @CsvSource({"LP00 0000 53185940, LP00000053185940", "1Z 999 AA1 01 2345 6784, 1Z999AA10123456784",
            "' RB 1234  56785 9GB ', RB1234567859GB", "0034 0434 1614 0905, 0034043416140905"})
    void trackingNumberInGroups_isOneWord(String typed, String word) {
        assertThat(SearchText.words(typed)).containsExactly(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4006381333931 1001", "WEB 1001 8581", "Anna 1001 4006381333931",
            "Ada Byron 1843 1815 12345678"})
    void otherNumbers_areSeveralWords(String typed) {
        assertThat(SearchText.words(typed)).containsExactly(typed.split(" "));
    }

    @Test
    void capitalSharpS_isTheSmallOne() {
        assertThat(SearchText.plain("FRAU WEIẞ")).isEqualTo(SearchText.plain("Frau Weiß")).isEqualTo("frau weiss");
    }

    @Test
    void germanLayout_swapsYAndZ() {
        assertThat(SearchText.forms("XZYß1")).contains("xyz1");
    }

    @Test
    void names_areNotTakenForIds() {
        assertThat(SearchText.forms("Müller")).containsExactly("muller", "mueller");
        assertThat(SearchText.forms("René")).containsExactly("rene");
        assertThat(SearchText.forms("ada")).containsExactly("ada");
    }

    /** Ways to write one name: what is stored, and what is typed. */
    @ParameterizedTest
    @CsvSource({"Müller,Mueller", "Mueller,Müller", "Müller,muller", "Ødegård,Oedegaard", "Aarhus,Århus",
            "Göthe,Goethe",
            "O’Neill,oneill", "oneill,O'Neill", "D’Ángelo,dangelo", "山田 太郎,山田太郎", "山田太郎,山田 太郎",
            "山田　太郎,山田太郎", "김 철수,김철수", "スミス・ジョン,スミスジョン", "مُحَمَّد,محمد", "أحمد,احمد", "إبراهيم,ابراهيم",
            "فاطمة,فاطمه", "یکتا,يكتا", "محمـــد,محمد", "שָׁלוֹם,שלום", "ज़ाकिर,जाकिर", "ড়,ড",
            "Smith/Jones,smith jones",
            "J.R.R. Tolkien,jrr tolkien", "Ærø Østergård,Aeroe Oestergaard", "O´Brien,O'Brien", "O'Neill,O´Neill",
            "たなか,タナカ",
            "٤٥٦٧٨,45678", "Şimşek,simsek", "Işık,isik", "İpek,ipek"})
    void spellingsOfAName_findEachOther(String stored, String typed) {
        assertThat(finds(typed, SearchText.plain(stored))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{01890a5d-ac96-774b-bcce-b302099a8057}", "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057",
            "https://shop.example/sluice/orders/01890a5d-ac96-774b-bcce-b302099a8057",
            "01890A5D AC96 774B BCCE B302099A8057", "(01890a5dac96774bbcceb302099a8057)"})
    void anId_isOneWord(String typed) {
        assertThat(SearchText.words(typed).stream().map(SearchText::plain))
                .containsExactly("01890a5dac96774bbcceb302099a8057");
    }

    @ParameterizedTest
    @ValueSource(strings = {"]C1AB-00123", "AB\u001D00123", "]C1AB\u001D00123"})
    void marksOfScanners_areIgnored(String typed) {
        assertThat(finds(typed, SearchText.plain("AB-00123"))).isTrue();
    }

    /** An underscore is no hyphen, but a scanner types it as a question mark under most European layouts. */
    @Test
    void underscores_areFoundByWhatAScannerTypes() {
        assertThat(finds("AB?1001", SearchText.plain("AB_1001"))).isTrue();
        assertThat(finds("EUR?2024?00042", SearchText.plain("EUR_2024_00042"))).isTrue();
        assertThat(finds("AB-1001", SearchText.plain("AB_1001"))).isFalse();
    }

    @Test
    void orderWithoutANumber_isFoundByAnyPartOfItsId() {
        OrderDraft nameless = new OrderDraft("api", null, Handling.AUTO, null, ORDER.customer(), ORDER.shipTo(),
                ORDER.currency(), ORDER.lines());
        assertThat(finds("b302099a8057", SearchText.of(nameless, ID))).isTrue();
        assertThat(finds("B302-099", SearchText.of(nameless, ID))).isTrue();
        assertThat(finds("b302099a8057", SearchText.of(ORDER, ID))).isFalse();
    }
}
