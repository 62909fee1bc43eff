package io.sluice.intake;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.accept.OrderLimits;
import io.sluice.accept.OrderReader;
import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.json.InputException;
import io.sluice.json.InputObject;
import io.sluice.order.OrderDraft;
import io.sluice.partner.Fetched;
import io.sluice.partner.ImportSource;

/**
 * Reads entries of a page. An entry is an order as {@code POST /api/orders} takes it, but with a number of its own
 * always, and with {@code "cancelled": true} if it is a cancellation.
 */
final class PendingOrderReader {
    private static final String CHANNEL = "channel";
    private static final String HANDLING = "handling";
    private static final String CANCELLED = "cancelled";

    private final OrderReader orders;

    /** @param clock for checking that {@code placedAt} is not in the future */
    PendingOrderReader(Clock clock) {
        this.orders = new OrderReader(clock);
    }

    /** Reads one entry. What is wrong with it becomes part of the result. */
    PendingOrder read(ImportSource source, Fetched.Entry entry) {
        return entry.fault() == null
                ? read(source, entry.order())
                : read(source, entry.order()).with(List.of(InputError.at("", entry.fault())));
    }

    private PendingOrder read(ImportSource source, JsonNode entry) {
        String content = entry.toString();
        if (!(entry instanceof ObjectNode object)) {
            return new PendingOrder(null, null, null, List.of(InputError.at("", "This must be a JSON object.")),
                    content);
        }
        InputObject head = InputObject.of(object);
        String externalId = head.text("externalId", OrderLimits.EXTERNAL_ID);
        String channel = channel(source, head);
        checkHandling(source, head);
        boolean cancelled = Boolean.TRUE.equals(head.optionalBoolean(CANCELLED));
        Set<InputError> errors = new LinkedHashSet<>(errors(head));
        OrderDraft draft = cancelled ? null : draft(source, channel, object, errors);
        return new PendingOrder(channel, externalId, errors.isEmpty() ? draft : null, List.copyOf(errors), content);
    }

    /** The channel; null if it may be one of several. */
    private static String channel(ImportSource source, InputObject head) {
        String only = source.channels().size() == 1 ? source.channels().get(0) : null;
        if (head.isBlankOrAbsent(CHANNEL) && only != null) {
            return only;
        }
        String channel = OrderReader.channel(head);
        if (source.channels().contains(channel)) {
            return channel;
        }
        head.error(CHANNEL, only == null
                ? "This must be one of the marketplace's channels: " + String.join(", ", source.channels()) + "."
                : "Orders of this marketplace have the channel " + only + ". Leave this out.");
        return only;
    }

    private static void checkHandling(ImportSource source, InputObject head) {
        if (OrderReader.handling(head, source.handling()) != source.handling()) {
            head.error(HANDLING, "Sluice's configuration says how imported orders are handled. Leave this out.");
        }
    }

    private static List<InputError> errors(InputObject head) {
        try {
            head.check();
            return List.of();
        } catch (InputException wrong) {
            return wrong.errors();
        }
    }

    /** The order, with the rest of the errors. */
    private OrderDraft draft(ImportSource source, String channel, ObjectNode entry, Set<InputError> errors) {
        ObjectNode order = entry.deepCopy();
        order.remove(CANCELLED);
        order.put(CHANNEL, channel == null ? source.channels().get(0) : channel);
        order.put(HANDLING, source.handling().wireName());
        try {
            return orders.read(order);
        } catch (ProblemException invalid) {
            List<InputError> all = invalid.problem().errors();
            errors.addAll(all.isEmpty() ? List.of(InputError.at("", invalid.getMessage())) : all);
            return null;
        }
    }
}
