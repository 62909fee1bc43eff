package io.sluice.accept;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.http.JsonBody;
import io.sluice.json.InputObject;
import io.sluice.json.Timestamps;
import io.sluice.order.Address;
import io.sluice.order.Adjustment;
import io.sluice.order.Correction;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/**
 * Reads an order strictly: it guesses and rounds nothing, and drops nothing but blanks. It reports all errors together,
 * each with its JSON Pointer. Safe for use by several threads.
 */
public final class OrderReader {

    /** The fields that Sluice adds to an order. A client that sends one has probably copied an answer. */
    private static final Map<String, String> SET_BY_SLUICE = hints("is set by Sluice and cannot be sent", "id",
            "status",
            "step", "reason", "receivedAt", "updatedAt", "trackingNumber", "carrier", "batchId", "position",
            "queuePosition", "expectedBy", "version");
    private static final Map<String, String> NOT_CORRECTABLE = hints("cannot be changed", "id", "channel", "externalId",
            "status", "step", "reason", "handling", "placedAt", "receivedAt", "updatedAt", "currency", "lines",
            "adjustments", "total", "trackingNumber", "carrier", "batchId", "position", "queuePosition", "expectedBy",
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
     * @throws io.sluice.http.ProblemException 400 if it is not well-formed JSON, 422 with all errors if it is not a
     *                                        valid order
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

    /** Like {@link #read(byte[])}, for an order that is part of a larger body; errors say where in that. */
    public OrderDraft readPart(InputObject order) {
        return JsonBody.read(order, this::read);
    }

    /**
     * Reads what an order shall be after a correction.
     *
     * @param corrected its correctable fields, with the changes
     * @param patch     the changes; other fields are errors in it, also where it would remove them
     * @throws io.sluice.http.ProblemException 422 with all errors
     */
    public static Correction correction(JsonNode corrected, JsonNode patch) {
        return JsonBody.read(withRemovals(corrected, patch), order -> {
            if (patch.hasNonNull("metadata") && !patch.get("metadata").isObject()) {
                order.error("metadata", "This must be an object, or null.");
            }
            var correction = new Correction(customer(order), AddressReader.shipTo(order), shipBy(order), note(order),
                    metadata(order));
            order.rejectOtherFields(NOT_CORRECTABLE);
            order.check();
            return correction;
        });
    }

    /** A field that is null counts as absent, but it must be one that there is. */
    private static JsonNode withRemovals(JsonNode corrected, JsonNode patch) {
        if (corrected instanceof ObjectNode order) {
            keepNulls(order, patch);
            for (String part : List.of("customer", "shipTo")) {
                if (order.get(part) instanceof ObjectNode object && patch.has(part)) {
                    keepNulls(object, patch.get(part));
                }
            }
        }
        return corrected;
    }

    private static void keepNulls(ObjectNode object, JsonNode patch) {
        patch.fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                object.putNull(field.getKey());
            }
        });
    }

    private OrderDraft read(InputObject order) {
        String channel = channel(order);
        String externalId = order.textIfAny("externalId", OrderLimits.EXTERNAL_ID);
        Handling handling = handling(order, Handling.AUTO);
        Instant placedAt = placedAt(order);
        Customer customer = customer(order);
        Address shipTo = AddressReader.shipTo(order);
        Currency currency = currency(order);
        List<OrderLine> lines = lines(order, currency);
        List<Adjustment> adjustments = adjustments(order, currency);
        String sentTotal = order.decimalIfAny("total");
        Instant shipBy = shipBy(order);
        String note = note(order);
        SortedMap<String, String> metadata = metadata(order);
        order.rejectOtherFields(SET_BY_SLUICE);
        checkPieces(order, lines);
        order.check();
        OrderDraft draft = new OrderDraft(channel, externalId, handling, placedAt, customer, shipTo, currency, lines,
                adjustments, shipBy, note, metadata);
        checkTotal(order, draft, sentTotal);
        order.check();
        return draft;
    }

    /** The field {@code channel} in lower case; the default channel if absent. */
    public static String channel(InputObject order) {
        String sent = order.textIfAny("channel", OrderLimits.CHANNEL);
        return sent == null ? OrderDraft.DEFAULT_CHANNEL : channelName(order, sent);
    }

    /** The name of the channel that was sent in the field {@code channel}; an error is noted if it cannot be one. */
    public static String channelName(InputObject input, String sent) {
        String channel = OrderDraft.channelName(sent);
        if (!Formats.isChannel(channel)) {
            input.error("channel", "This must consist of letters a-z, digits, '-', '_' and '.'.");
        }
        return channel;
    }

    /** The field {@code handling}. */
    public static Handling handling(InputObject order, Handling ifAbsent) {
        Handling handling = order.optionalConstant("handling", Handling.values(), Handling::wireName);
        return handling == null ? ifAbsent : handling;
    }

    private Instant placedAt(InputObject order) {
        return time(order, "placedAt", clock.instant().plus(Timestamps.MAX_AHEAD), "more than a day in the future");
    }

    private static Instant shipBy(InputObject order) {
        return time(order, "shipBy", Timestamps.LATEST, "after the year 2999");
    }

    /** @param latest and what to say about a time after it */
    private static Instant time(InputObject order, String name, Instant latest, String tooLate) {
        String text = order.textIfAny(name, OrderLimits.NAME);
        if (text == null) {
            return null;
        }
        Instant time = Timestamps.parse(text);
        if (time == null) {
            order.error(name,
                    "This must be a date and time with offset as in RFC 3339, for example 2025-01-31T09:30:00+01:00.");
        } else if (time.isBefore(Timestamps.EARLIEST)) {
            order.error(name, "This is before " + Timestamps.EARLIEST + ".");
        } else if (time.isAfter(latest)) {
            order.error(name, "This is " + tooLate + ".");
        }
        return time;
    }

    private static String note(InputObject order) {
        return order.linesIfAny("note", OrderLimits.NOTE);
    }

    private static SortedMap<String, String> metadata(InputObject order) {
        return order.textsIfAny("metadata", OrderLimits.METADATA, OrderLimits.METADATA_NAME,
                OrderLimits.METADATA_TEXT);
    }

    private static Customer customer(InputObject order) {
        InputObject customer = order.object("customer");
        if (customer == null) {
            return null;
        }
        String name = customer.text("name", OrderLimits.NAME);
        String email = customer.textIfAny("email", OrderLimits.EMAIL);
        if (email != null && !Formats.isEmail(email)) {
            customer.error("email", "This is not an e-mail address.");
        }
        customer.rejectOtherFields();
        return new Customer(name, email);
    }

    private static Currency currency(InputObject order) {
        String code = order.text("currency", OrderLimits.NAME);
        Currency currency = code == null ? null : Currencies.of(code);
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
            BigDecimal unitPrice = amount(line, "unitPrice", currency, false);
            line.rejectOtherFields();
            lines.add(new OrderLine(sku, title, quantity == null ? 0 : quantity, unitPrice));
        }
        return lines;
    }

    private static List<Adjustment> adjustments(InputObject order, Currency currency) {
        return order.objectsIfAny("adjustments", OrderLimits.ADJUSTMENTS).stream().map(adjustment -> {
            String label = adjustment.text("label", OrderLimits.LABEL);
            BigDecimal amount = amount(adjustment, "amount", currency, true);
            adjustment.rejectOtherFields();
            return new Adjustment(label, amount);
        }).toList();
    }

    private static BigDecimal amount(InputObject object, String name, Currency currency, boolean mayBeNegative) {
        String text = object.decimal(name);
        if (text == null) {
            return null;
        }
        String fault = Prices.fault(text, currency, mayBeNegative);
        if (fault != null) {
            object.error(name, fault);
            return null;
        }
        return currency == null ? null : Prices.parse(text, currency);
    }

    private static void checkPieces(InputObject order, List<OrderLine> lines) {
        long pieces = lines.stream().mapToLong(OrderLine::quantity).sum();
        if (pieces > OrderLimits.PIECES) {
            order.error("lines", "The quantities add up to " + pieces + ", more than " + OrderLimits.PIECES + ".");
        }
    }

    /** @param sent the total that the client has computed, or null */
    private static void checkTotal(InputObject order, OrderDraft draft, String sent) {
        BigDecimal total = draft.total();
        String sum = "The lines and adjustments add up to " + total.toPlainString() + " "
                + draft.currency().getCurrencyCode();
        if (total.signum() < 0) {
            order.error("adjustments", sum + ". A total must not be negative.");
        } else if (sent != null) {
            String fault = Prices.fault(sent, draft.currency(), false);
            if (fault != null) {
                order.error("total", fault);
            } else if (total.compareTo(Prices.parse(sent, draft.currency())) != 0) {
                order.error("total", sum + ", not to " + sent + ".");
            }
        }
    }

    private static Map<String, String> hints(String says, String... fields) {
        Map<String, String> hints = new HashMap<>();
        for (String field : fields) {
            hints.put(field, "The field '" + field + "' " + says + ".");
        }
        return Map.copyOf(hints);
    }
}
