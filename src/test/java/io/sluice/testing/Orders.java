package io.sluice.testing;

import java.util.UUID;

/** Order requests. */
public final class Orders {

    private Orders() {}

    /** A valid order with a unique external id. */
    public static String json(String handling) {
        return json(handling, "T-" + UUID.randomUUID());
    }

    /** A valid order with this external id. */
    public static String json(String handling, String externalId) {
        return json(handling, externalId, "webshop");
    }

    /** A valid order with this external id and channel. */
    public static String json(String handling, String externalId, String channel) {
        return """
                {"channel": "%s", "externalId": "%s", "handling": "%s",
                 "customer": {"name": "Ada Lovelace", "email": "ada@example.org"},
                 "shipTo": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London",
                            "postalCode": "SW1Y 4JH", "country": "GB"},
                 "currency": "EUR",
                 "lines": [{"sku": "PUNCH-80", "title": "Punch cards", "quantity": 2, "unitPrice": "12.5"}]}
                """.formatted(channel, externalId, handling);
    }
}
