package io.sluice.accept;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.http.JsonBody;
import io.sluice.json.InputObject;
import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/**
 * Reads an order strictly: it guesses, rounds and drops nothing. It reports all errors together, each with its JSON
 * Pointer. Safe for use by several threads.
 */
public final class OrderReader {

    /** The fields that Sluice adds to an order. A client that sends one has probably copied an answer. */
    private static final Map<String, String> SET_BY_SLUICE = hints("id", "status", "step", "reason", "receivedAt",
            "updatedAt", "total", "trackingNumber", "carrier", "batchId", "position", "queuePosition", "expectedBy",
            "version");

    private final Clock clock;

    /** @param clock for checking that {@code placedAt} is not in the future */
    public OrderReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads a body that is one order.
     *
     * @param json UTF-8
     * @throws io.sluice.http.ProblemException 400 if it is not well-formed JSON, 422 with all errors if it is not a valid
     *                                        order
     */
    public OrderDraft read(byte[] json) {
        return read(json, 0, json.length);
    }

    /** Like {@link #read(byte[])}, for part of an array, such as one line of a stream. */
    public OrderDraft read(byte[] json, int offset, int length) {
        return JsonBody.read(json, offset, length, this::read);
    }

    /** Like {@link #read(byte[])}, for an order that did not come as JSON text, such as a form. */
    public OrderDraft read(JsonNode tree) {
        return JsonBody.read(tree, this::read);
    }

    private OrderDraft read(InputObject order) {
        String channel = channel(order);
        String externalId = order.optionalText("externalId", OrderLimits.EXTERNAL_ID);
        Handling handling = handling(order, Handling.AUTO);
        Instant placedAt = placedAt(order);
        Customer customer = customer(order);
        Address shipTo = shipTo(order);
        Currency currency = currency(order);
        List<OrderLine> lines = lines(order, currency);
        order.rejectOtherFields(SET_BY_SLUICE);
        order.check();
        return new OrderDraft(channel, externalId, handling, placedAt, customer, shipTo, currency, lines);
    }

    /** The field {@code channel}; the default channel if absent. */
    public static String channel(InputObject order) {
        String channel = order.optionalText("channel", OrderLimits.CHANNEL);
        if (channel == null) {
            return OrderDraft.DEFAULT_CHANNEL;
        }
        if (!Formats.isChannel(channel)) {
            order.error("channel", "This must consist of lowercase letters a-z, digits, '-', '_' and '.'.");
        }
        return channel;
    }

    /** The field {@code handling}. */
    public static Handling handling(InputObject order, Handling ifAbsent) {
        Handling handling = order.optionalConstant("handling", Handling.values(), Handling::wireName);
        return handling == null ? ifAbsent : handling;
    }

    private Instant placedAt(InputObject order) {
        String text = order.optionalText("placedAt", OrderLimits.NAME);
        if (text == null) {
            return null;
        }
        Instant placedAt = Timestamps.parse(text);
        if (placedAt == null) {
            order.error("placedAt",
                    "This must be a date and time with offset as in RFC 3339, for example 2025-01-31T09:30:00+01:00.");
        } else if (placedAt.isBefore(Timestamps.EARLIEST)) {
            order.error("placedAt", "This is before " + Timestamps.EARLIEST + ".");
        } else if (placedAt.isAfter(clock.instant().plus(Timestamps.MAX_AHEAD))) {
            order.error("placedAt", "This is more than a day in the future.");
        }
        return placedAt;
    }

    private static Customer customer(InputObject order) {
        InputObject customer = order.object("customer");
        if (customer == null) {
            return null;
        }
        String name = customer.text("name", OrderLimits.NAME);
        String email = customer.optionalText("email", OrderLimits.EMAIL);
        if (email != null && !Formats.isEmail(email)) {
            customer.error("email", "This is not an e-mail address.");
        }
        customer.rejectOtherFields();
        return new Customer(name, email);
    }

    private static Address shipTo(InputObject order) {
        InputObject shipTo = order.object("shipTo");
        if (shipTo == null) {
            return null;
        }
        String name = shipTo.text("name", OrderLimits.NAME);
        String street = shipTo.text("street", OrderLimits.STREET);
        String city = shipTo.text("city", OrderLimits.CITY);
        String postalCode = shipTo.text("postalCode", OrderLimits.POSTAL_CODE);
        String country = shipTo.text("country", OrderLimits.NAME);
        if (country != null && !Codes.isCountry(country)) {
            shipTo.error("country", "This must be an ISO 3166-1 alpha-2 country code in capitals, for example DE.");
        }
        shipTo.rejectOtherFields();
        return new Address(name, street, city, postalCode, country);
    }

    private static Currency currency(InputObject order) {
        String code = order.text("currency", OrderLimits.NAME);
        Currency currency = code == null ? null : Codes.currency(code);
        if (code != null && currency == null) {
            order.error("currency", "This must be an ISO 4217 currency code in capitals, for example EUR.");
        }
        return currency;
    }

    /** @param currency null if it is wrong; then the decimals of prices are not checked */
    private static List<OrderLine> lines(InputObject order, Currency currency) {
        List<InputObject> sent = order.objects("lines", 1, OrderLimits.LINES);
        List<OrderLine> lines = new ArrayList<>(sent.size());
        for (InputObject line : sent) {
            String sku = line.text("sku", OrderLimits.SKU);
            String title = line.text("title", OrderLimits.TITLE);
            Integer quantity = line.integer("quantity", 1, OrderLimits.QUANTITY);
            BigDecimal unitPrice = unitPrice(line, currency);
            line.rejectOtherFields();
            lines.add(new OrderLine(sku, title, quantity == null ? 0 : quantity, unitPrice));
        }
        return lines;
    }

    private static BigDecimal unitPrice(InputObject line, Currency currency) {
        String text = line.text("unitPrice", OrderLimits.NAME);
        if (text == null) {
            return null;
        }
        String fault = Prices.fault(text, currency);
        if (fault != null) {
            line.error("unitPrice", fault);
            return null;
        }
        return currency == null ? null : Prices.parse(text, currency);
    }

    private static Map<String, String> hints(String... fields) {
        Map<String, String> hints = new HashMap<>();
        for (String field : fields) {
            hints.put(field, "The field '" + field + "' is set by Sluice and cannot be sent.");
        }
        return Map.copyOf(hints);
    }
}
