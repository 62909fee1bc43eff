package io.sluice.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Those who buy at the simulated marketplace. */
final class DemoBuyers {
    private static final int MAX_QUANTITY = 3;

    private record Buyer(String name, String street, String city, String state, String postalCode, String country,
            String currency) {}

    private record Goods(String sku, String title, String price) {}

    private static final List<Buyer> BUYERS = List.of(
            new Buyer("Ada Byron", "12 St James's Square", "London", null, "SW1Y 4JH", "GB", "GBP"),
            new Buyer("Konrad Zuse", "Methfesselstraße 7", "Berlin", null, "10965", "DE", "EUR"),
            new Buyer("Blanche Ducrest", "8 rue des Canettes", "Paris", null, "75006", "FR", "EUR"),
            new Buyer("Grace Murray", "410 Memorial Drive", "Cambridge", "MA", "02139", "US", "USD"),
            new Buyer("Tove Lindqvist", "Storgatan 14", "Umeå", null, "903 26", "SE", "SEK"));
    private static final List<Goods> GOODS = List.of(
            new Goods("PUNCH-80", "Punch cards, 80 columns", "12.50"),
            new Goods("RULE-25", "Slide rule", "39.00"),
            new Goods("TAPE-8", "Paper tape, 8 channels", "7.90"),
            new Goods("CORE-64", "Core memory, 64 bits", "64.00"));

    private final Random random;

    DemoBuyers(long seed) {
        this.random = new Random(seed);
    }

    /** @param number unique at the marketplace */
    ObjectNode next(long number, Instant placedAt) {
        Buyer buyer = BUYERS.get(random.nextInt(BUYERS.size()));
        Goods goods = GOODS.get(random.nextInt(GOODS.size()));
        ObjectNode order = Json.object()
                .put("externalId", "MKT-" + (1000 + number))
                .put("placedAt", placedAt.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("currency", buyer.currency());
        order.putObject("customer").put("name", buyer.name());
        ObjectNode address = order.putObject("shipTo")
                .put("name", buyer.name())
                .put("street", buyer.street())
                .put("city", buyer.city())
                .put("postalCode", buyer.postalCode())
                .put("country", buyer.country());
        if (buyer.state() != null) {
            address.put("state", buyer.state());
        }
        order.putArray("lines")
                .addObject()
                .put("sku", goods.sku())
                .put("title", goods.title())
                .put("quantity", 1 + random.nextInt(MAX_QUANTITY))
                .put("unitPrice", goods.price());
        return order;
    }
}
