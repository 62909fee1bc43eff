package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several partners of a kind, each with a name of its own. */
class NamedPartnersTest extends SimulatorTestBase {

    @TempDir
    Path folder;

    @Test
    void namedCarrier_makesShipmentsOfItsOwn() {
        partners.createShipment("o-1");
        assertThat(ship("dhl", "o-2").text("carrier")).isEqualTo("dhl");

        assertThat(partners.get("/carrier/shipments?reference=o-2").body().path("shipments")).isEmpty();
        assertThat(partners.get("/carriers/dhl/shipments?reference=o-2").body().path("shipments")).hasSize(1);
        assertThat(partners.get("/simulator/carrier/shipments").texts("carrier")).containsExactly("carrier", "dhl");
        assertThat(partners.get("/simulator/carrier/shipments?carrier=dhl").texts("orderId")).containsExactly("o-2");
        assertThat(partners.get("/simulator/carrier/shipments?carrier=ups").body()).isEmpty();
    }

    @Test
    void namedCarrier_makesShipmentsVoid() {
        String number = ship("dhl", "o-1").text("trackingNumber");

        partners.call("POST", "/carriers/dhl/shipments/" + number + "/void", "k", null);

        assertThat(partners.get("/simulator/carrier/voids").texts("carrier")).containsExactly("dhl");
        assertThat(partners.get("/simulator/carrier/shipments?carrier=dhl").body().path(0).path("voided").asBoolean())
                .isTrue();
    }

    @Test
    void sheetsOfAllPrinters_areListedAsTheyCameOut() {
        print("table-2", "o-1");
        partners.print("o-2", 1);
        print("table-2", "o-3");

        assertThat(partners.get("/simulator/printer/jobs").texts("orderId")).containsExactly("o-1", "o-2", "o-3");
        assertThat(partners.get("/simulator/printer/jobs").texts("printer")).containsExactly("table-2", "printer",
                "table-2");
        assertThat(partners.get("/simulator/printer/jobs").texts("jobId")).doesNotHaveDuplicates();
        assertThat(partners.get("/simulator/printer/jobs?printer=printer").texts("orderId")).containsExactly("o-2");
    }

    @Test
    void namedMarketplace_isToldForItself() {
        partners.call("PUT", "/marketplaces/ebay/orders/o-1/shipped", "k", null);

        assertThat(partners.get("/marketplace/orders/o-1").status()).isEqualTo(404);
        assertThat(partners.get("/marketplaces/ebay/orders/o-1").status()).isEqualTo(200);
        assertThat(partners.get("/simulator/marketplace/orders?marketplace=ebay").texts("marketplace"))
                .containsExactly("ebay");
    }

    @Test
    void partner_comesWithItsFirstCall() {
        assertThat(partners.get("/simulator/partners/dhl").status()).isEqualTo(404);

        ship("dhl", "o-1");

        assertThat(partners.get("/simulator/partners/dhl").status()).isEqualTo(200);
        assertThat(partners.received("dhl", "o-1:create-shipment")).isOne();
    }

    @Test
    void settings_mayComeBeforeTheFirstCall() {
        assertThat(partners.set("dhl", "{\"down\": true}").body().path("down").asBoolean()).isTrue();
        assertThat(partners.get("/simulator/partners/dhl/calls").body()).isEmpty();

        assertThat(ship("dhl", "o-1").text("detail")).isEqualTo("The carrier dhl is down");
        assertThat(partners.createShipment("o-1").status()).isEqualTo(201);

        partners.set("dhl", "{\"down\": false}");
        assertThat(ship("dhl", "o-1").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"printer", "Dhl", "a.b", "%20", "12345678901234567890123456789012345678901"})
    void unusableName_isNotFound(String name) {
        assertThat(partners.get("/carriers/" + name + "/shipments?reference=o-1").status()).isEqualTo(404);
    }

    @Test
    void nameOfAnotherKind_isNotFound() {
        ship("one", "o-1");

        assertThat(partners.get("/printers/one/jobs?reference=o-1").status()).isEqualTo(404);
    }

    @Test
    void namedPartner_remembersAfterARestart() {
        SimulatorSettings durable = new SimulatorSettings(0, Duration.ZERO, 0, 1L, folder);
        try (Simulator first = Simulator.start(durable)) {
            ship(new Partners(first.port()), "dhl", "o-1");
        }
        try (Simulator second = Simulator.start(durable)) {
            assertThat(new Partners(second.port()).get("/simulator/carrier/shipments").texts("carrier"))
                    .containsExactly("dhl");
        }
    }

    private Partners.Answer ship(String carrier, String orderId) {
        return ship(partners, carrier, orderId);
    }

    private static Partners.Answer ship(Partners at, String carrier, String orderId) {
        return at.call("POST", "/carriers/" + carrier + "/shipments", orderId + ":create-shipment",
                Partners.shipment(orderId));
    }

    private void print(String printer, String orderId) {
        partners.call("POST", "/printers/" + printer + "/jobs", orderId + ":print-packing-slip",
                "{\"orderId\": \"" + orderId + "\"}");
    }
}
