package io.sluice.example;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An example of a connector: what is between a shop that runs WooCommerce and Sluice. It turns orders as the WooCommerce
 * REST API has them (version 3, {@code GET /wp-json/wc/v3/orders}) into a page of {@code GET /pending-orders}, as
 * {@code docs/partners.md} describes it. A connector needs an HTTP server around it, and the call to the shop:
 *
 * <pre>
 * GET /wp-json/wc/v3/orders?orderby=modified&amp;order=asc&amp;dates_are_gmt=true&amp;modified_after={cursor}&amp;per_page={limit}
 * </pre>
 */
final class WooCommerceOrders {
    private static final Set<String> PENDING = Set.of("processing");
    private static final Set<String> CANCELLED = Set.of("cancelled", "refunded", "failed", "trash");

    private WooCommerceOrders() {}

    /**
     * A page.
     *
     * @param orders of the shop, by the time of their last change
     * @param cursor where the page begins, or null
     * @param limit  how many orders the shop was asked for
     */
    static ObjectNode page(JsonNode orders, String cursor, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode pending = page.putArray("orders");
        String last = cursor;
        for (JsonNode order : orders) {
            String status = order.path("status").asText();
            if (CANCELLED.contains(status)) {
                pending.addObject().put("externalId", order.path("id").asText()).put("cancelled", true);
            } else if (PENDING.contains(status)) {
                // The others are not paid yet, or are done.
                pending.add(order(order));
            }
            last = order.path("date_modified_gmt").asText();
        }
        return page.put("nextCursor", last).put("more", orders.size() == limit);
    }

    /** One order, as {@code POST /api/orders} takes it. */
    static ObjectNode order(JsonNode order) {
        ObjectNode result = JsonNodeFactory.instance.objectNode()
                .put("externalId", order.path("id").asText())
                .put("placedAt", order.path("date_created_gmt").asText() + "Z")
                .put("currency", order.path("currency").asText())
                .put("total", order.path("total").asText());
        JsonNode billing = order.path("billing");
        result.putObject("customer")
                .put("name", name(billing))
                .put("email", text(billing, "email"));
        result.set("shipTo", address(order));
        if (text(order, "customer_note") != null) {
            result.put("note", text(order, "customer_note"));
        }
        result.putObject("metadata").put("number", order.path("number").asText());
        addMoney(result, order);
        return result;
    }

    /** The goods at their price before discounts, then all that makes up the difference to the total. */
    private static void addMoney(ObjectNode result, JsonNode order) {
        int scale = Currency.getInstance(order.path("currency").asText()).getDefaultFractionDigits();
        ArrayNode lines = result.putArray("lines");
        ArrayNode adjustments = result.putArray("adjustments");
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode item : order.path("line_items")) {
            BigDecimal quantity = BigDecimal.valueOf(item.path("quantity").asInt());
            BigDecimal price = amount(item, "subtotal").divide(quantity, scale, RoundingMode.HALF_UP);
            String sku = text(item, "sku");
            lines.addObject()
                    // A product need not have one.
                    .put("sku", sku == null ? "product-" + item.path("product_id").asText() : sku)
                    .put("title", item.path("name").asText())
                    .put("quantity", quantity.intValueExact())
                    .put("unitPrice", price.toPlainString());
            sum = sum.add(price.multiply(quantity));
        }
        for (JsonNode fee : order.path("fee_lines")) {
            sum = sum.add(adjust(adjustments, fee.path("name").asText(), amount(fee, "total"), scale));
        }
        sum = sum.add(adjust(adjustments, "Shipping", amount(order, "shipping_total"), scale));
        sum = sum.add(adjust(adjustments, "Discount", amount(order, "discount_total").negate(), scale));
        sum = sum.add(adjust(adjustments, "Tax", amount(order, "total_tax"), scale));
        // Three pieces for 10.00 have no price of their own.
        adjust(adjustments, "Rounding", amount(order, "total").subtract(sum), scale);
    }

    /** Returns what was added. */
    private static BigDecimal adjust(ArrayNode adjustments, String label, BigDecimal amount, int scale) {
        BigDecimal rounded = amount.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.signum() != 0) {
            adjustments.addObject().put("label", label).put("amount", rounded.toPlainString());
        }
        return rounded;
    }

    /** Shops leave the shipping address empty if it is the billing address. */
    private static ObjectNode address(JsonNode order) {
        JsonNode from = text(order.path("shipping"), "address_1") == null
                ? order.path("billing")
                : order.path("shipping");
        ObjectNode address = JsonNodeFactory.instance.objectNode()
                .put("name", name(from))
                .put("street", joined("\n", text(from, "address_1"), text(from, "address_2")))
                .put("country", text(from, "country"));
        putIfAny(address, "company", text(from, "company"));
        putIfAny(address, "city", text(from, "city"));
        putIfAny(address, "state", text(from, "state"));
        putIfAny(address, "postalCode", text(from, "postcode"));
        putIfAny(address, "phone", text(from, "phone"));
        return address;
    }

    private static String name(JsonNode person) {
        return joined(" ", text(person, "first_name"), text(person, "last_name"));
    }

    private static String joined(String separator, String... parts) {
        return Stream.of(parts).filter(part -> part != null).collect(Collectors.joining(separator));
    }

    private static void putIfAny(ObjectNode object, String name, String value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    /** Null if it is blank or absent. */
    private static String text(JsonNode object, String name) {
        String text = object.path(name).asText("").strip();
        return text.isEmpty() ? null : text;
    }

    private static BigDecimal amount(JsonNode object, String name) {
        String text = text(object, name);
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }
}
