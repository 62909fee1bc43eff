package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

class OrderDraftTest {

    private static OrderDraft of(List<OrderLine> lines) {
        return new OrderDraft("webshop", null, Handling.AUTO, null, null, null, Currency.getInstance("EUR"), lines);
    }

    @Test
    void totalAndItems_areThoseOfAllLines() {
        OrderDraft draft = of(List.of(new OrderLine("A", "a", 2, new BigDecimal("1.10")),
                new OrderLine("B", "b", 3, new BigDecimal("0.5"))));
        assertThat(draft.total()).isEqualTo("3.70");
        assertThat(draft.itemCount()).isEqualTo(5);
    }

    @Test
    void channelName_isInLowerCase_whateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(OrderDraft.channelName("WEBSHOP-IT")).isEqualTo("webshop-it");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void lines_doNotChangeAfterwards() {
        List<OrderLine> lines = new ArrayList<>(List.of(new OrderLine("A", "a", 1, BigDecimal.ONE)));
        OrderDraft draft = of(lines);
        lines.clear();
        assertThat(draft.lines()).hasSize(1);
    }
}
