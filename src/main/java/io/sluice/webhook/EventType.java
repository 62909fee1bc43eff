package io.sluice.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an endpoint can ask for. {@code webhook_type} in the schema decides which event has which type. */
enum EventType {
    /** The order has come into the status of this name. */
    ORDER_RECEIVED, ORDER_QUEUED, ORDER_HANDLING, ORDER_DELAYED, ORDER_HANDLED, ORDER_FAILED, ORDER_CANCELLED,
    /** Any other change of an order: a step was done or failed, or it was corrected. */
    ORDER_UPDATED, BATCH_UPDATED, PARTNER_UPDATED;

    /** The type of this name, or null. */
    static EventType of(String wireName) {
        return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst().orElse(null);
    }

    /** All of them, for people. */
    static String names() {
        return Arrays.stream(values()).map(EventType::wireName).collect(Collectors.joining(", "));
    }

    /** As integrators write it: {@code order.handled}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
