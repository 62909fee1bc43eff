package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class MarketplaceTest extends SimulatorTestBase {

    @Test
    void order_trackingThenShipped_bothKnown() {
        assertThat(partners.sendTracking("o-1", "T1").status()).isEqualTo(200);
        assertThat(partners.markShipped("o-1").status()).isEqualTo(200);

        JsonNode order = partners.get("/simulator/marketplace/orders?orderId=o-1").body().get(0);
        assertThat(order.fieldNames()).toIterable()
                .containsExactly("orderId", "trackingNumber", "trackingAt", "shippedAt", "calls", "marketplace");
        assertThat(order.path("trackingNumber").textValue()).isEqualTo("T1");
        assertThat(order.path("shippedAt").textValue()).isGreaterThan(order.path("trackingAt").textValue());
        assertThat(order.path("calls").intValue()).isEqualTo(2);
        assertThat(partners.get("/marketplace/orders/o-1").text("trackingNumber")).isEqualTo("T1");
    }

    @Test
    void order_sameCallsAgain_nothingChangesButTheCount() {
        partners.sendTracking("o-1", "T1");
        partners.markShipped("o-1");
        JsonNode before = partners.get("/marketplace/orders/o-1").body();
        partners.sendTracking("o-1", "T1");
        partners.markShipped("o-1");

        assertThat(partners.get("/marketplace/orders/o-1").body()).isEqualTo(before);
        assertThat(partners.get("/simulator/marketplace/orders").body().at("/0/calls").intValue()).isEqualTo(4);
    }

    @Test
    void order_callsWhileDown_countedWithoutEffect() {
        partners.set("marketplace", "{\"down\": true}");

        assertThat(partners.markShipped("o-1").status()).isEqualTo(503);

        JsonNode order = partners.get("/simulator/marketplace/orders").body().get(0);
        assertThat(order.path("calls").intValue()).isEqualTo(1);
        assertThat(order.path("shippedAt").isNull()).isTrue();
        partners.set("marketplace", "{\"down\": false}");
        assertThat(partners.get("/marketplace/orders/o-1").status()).isEqualTo(404);
    }

    @Test
    void tracking_sameKeyOtherNumber_refused() {
        partners.sendTracking("o-1", "T1");

        assertThat(partners.sendTracking("o-1", "T2").status()).isEqualTo(422);
        assertThat(partners.get("/marketplace/orders/o-1").text("trackingNumber")).isEqualTo("T1");
    }

    @Test
    void tracking_otherKeyOtherNumber_replaced() {
        partners.sendTracking("o-1", "T1");
        partners.call("PUT", "/marketplace/orders/o-1/tracking", "another", """
                {"channel": "webshop", "trackingNumber": "T2", "carrier": "Parcel"}""");

        assertThat(partners.get("/marketplace/orders/o-1").text("trackingNumber")).isEqualTo("T2");
    }

    @Test
    void order_neverHeardOf_notFoundAndNotListed() {
        assertThat(partners.get("/marketplace/orders/o-1").status()).isEqualTo(404);
        assertThat(partners.get("/simulator/marketplace/orders?orderId=o-1").body()).isEmpty();
    }
}
