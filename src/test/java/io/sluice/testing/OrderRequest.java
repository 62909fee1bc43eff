package io.sluice.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The request for a new order. {@link Api#order()} makes a valid one; each method changes one thing. Without
 * {@link #externalId} every request gets an external id of its own.
 */
public final class OrderRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private String channel = "webshop";
    private String externalId;
    private boolean identified = true;
    private String handling = "auto";
    private String customer = "Ada Lovelace";
    private String currency = "EUR";
    private String title = "Punch cards";
    private String unitPrice = "12.5";

    OrderRequest() {}

    /** The order waits for a person. */
    public OrderRequest manual() {
        return handling("manual");
    }

    public OrderRequest handling(String value) {
        handling = value;
        return this;
    }

    public OrderRequest channel(String value) {
        channel = value;
        return this;
    }

    public OrderRequest externalId(String value) {
        externalId = value;
        return this;
    }

    public OrderRequest withoutExternalId() {
        identified = false;
        return this;
    }

    public OrderRequest customer(String name) {
        customer = name;
        return this;
    }

    /** The one line of the order: two of these. */
    public OrderRequest line(String itemTitle, String price) {
        title = itemTitle;
        unitPrice = price;
        return this;
    }

    public OrderRequest currency(String code) {
        currency = code;
        return this;
    }

    /** A field as it is sent, instead of the usual one. */
    public OrderRequest with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    /** {@code Prefer: wait=N}. */
    public OrderRequest preferWait(int seconds) {
        return header("Prefer", "wait=" + seconds);
    }

    public OrderRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The body of the request. */
    public String json() {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("channel", channel);
        if (identified) {
            order.put("externalId", externalId == null ? "T-" + UUID.randomUUID() : externalId);
        }
        order.put("handling", handling);
        order.put("customer", Map.of("name", customer, "email", "ada@example.org"));
        order.put("shipTo", Map.of("name", customer, "street", "12 St James's Square", "city", "London", "postalCode",
                "SW1Y 4JH", "country", "GB"));
        order.put("currency", currency);
        order.put("lines", List.of(Map.of("sku", "PUNCH-80", "title", title, "quantity", 2, "unitPrice", unitPrice)));
        order.putAll(fields);
        return JSON.valueToTree(order).toString();
    }

    Map<String, String> headers() {
        return headers;
    }
}
