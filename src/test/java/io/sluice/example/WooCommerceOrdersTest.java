package io.sluice.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.accept.OrderReader;
import io.sluice.order.Address;
import io.sluice.order.Adjustment;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/** What Sluice makes of the orders of a shop: each is read as an import reads it. */
class WooCommerceOrdersTest {
    private JsonNode orders;

    @BeforeEach
    void read() throws IOException {
        try (InputStream json = getClass().getResourceAsStream("woocommerce-orders.json")) {
            orders = new ObjectMapper().readTree(json);
        }
    }

    @Test
    void page_hasPaidAndCancelledOrders() {
        ObjectNode page = WooCommerceOrders.page(orders, null, 100);

        assertThat(page.path("orders").findValuesAsText("externalId")).containsExactly("727", "701");
        assertThat(page.at("/orders/1/cancelled").booleanValue()).isTrue();
        assertThat(page.path("nextCursor").textValue()).isEqualTo("2026-03-02T09:31:15");
        assertThat(page.path("more").booleanValue()).isFalse();
        assertThat(WooCommerceOrders.page(orders, null, 3).path("more").booleanValue()).isTrue();
    }

    @Test
    void emptyPage_keepsTheCursor() {
        assertThat(WooCommerceOrders.page(new ObjectMapper().createArrayNode(), "2026-03-02T09:31:15", 100)
                .path("nextCursor")
                .textValue()).isEqualTo("2026-03-02T09:31:15");
    }

    @Test
    void order_isOneThatSluiceAccepts() {
        OrderDraft draft = draft(orders.get(0));

        assertThat(draft.externalId()).isEqualTo("727");
        assertThat(draft.placedAt()).isEqualTo(Instant.parse("2026-03-02T09:28:02Z"));
        assertThat(draft.customer().name()).isEqualTo("Ada Byron");
        assertThat(draft.customer().email()).isEqualTo("ada@example.com");
        assertThat(draft.note()).isEqualTo("Please ring twice.");
        assertThat(draft.shipTo().name()).isEqualTo("Charles Babbage");
        assertThat(draft.shipTo().company()).isEqualTo("Engines Ltd");
        assertThat(draft.shipTo().street()).isEqualTo("Am Ring 1\nHof 2");
        assertThat(draft.shipTo().postalCode()).isEqualTo("10115");
    }

    @Test
    void total_isTheShops() {
        OrderDraft draft = draft(orders.get(0));

        assertThat(draft.total()).isEqualByComparingTo("43.28");
        assertThat(draft.lines()).extracting(OrderLine::sku).containsExactly("PUNCH-80", "product-22");
        assertThat(draft.adjustments()).extracting(Adjustment::label)
                .containsExactly("Shipping", "Discount", "Tax", "Rounding");
    }

    @Test
    void emptyShippingAddress_isTheBillingAddress() {
        ((ObjectNode) orders.get(0).path("shipping")).removeAll();

        Address shipTo = draft(orders.get(0)).shipTo();

        assertThat(shipTo.name()).isEqualTo("Ada Byron");
        assertThat(shipTo.city()).isEqualTo("Köln");
        assertThat(shipTo.phone()).isEqualTo("+49 221 4960");
    }

    private static OrderDraft draft(JsonNode order) {
        return new OrderReader(Clock.systemUTC()).read(WooCommerceOrders.order(order));
    }
}
