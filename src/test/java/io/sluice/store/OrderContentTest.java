package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

class OrderContentTest {

    @Test
    void readsBackWhatItWrites() {
        OrderContent content = OrderContent.of(order("ada@example.org"));

        assertThat(OrderContent.parse(content.toJson())).isEqualTo(content);
    }

    @Test
    void customerWithoutEmail() {
        OrderContent content = OrderContent.of(order(null));

        assertThat(OrderContent.parse(content.toJson())).isEqualTo(content);
    }

    static OrderDraft order(String email) {
        return new OrderDraft("api", null, Handling.AUTO, null, new Customer("Ada", email),
                new Address("Ada \"the\" Lovelace", "1 St James's Sq", "Łódź", "90-001", "PL"),
                Currency.getInstance("PLN"), List.of(new OrderLine("S-1", "茶 🍵", 2, new BigDecimal("12.50"))));
    }
}
