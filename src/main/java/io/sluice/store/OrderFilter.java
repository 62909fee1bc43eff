package io.sluice.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;

/**
 * Which orders a table shows: those that meet every condition that is not null.
 *
 * @param statuses   empty for all
 * @param channel    in any case
 * @param text       words, each part of an order number, SKU, name or e-mail address, or a tracking number, or the
 *                   beginning of an id
 * @param step       the current, held or failed step, as an order shows it
 * @param cause      the code of the reason, as an order shows it
 * @param country    of ship-to, ISO 3166-1 alpha-2 or XK
 * @param placedFrom the first moment
 * @param placedTo   the moment after the last one
 */
public record OrderFilter(Set<OrderStatus> statuses, String channel, String text, Step step, String cause,
        String country, Instant placedFrom, Instant placedTo) {
    public static final OrderFilter ALL = of(Set.of(), null, null);

    /** An order shows its step while it is at one. */
    private static final Set<OrderStatus> AT_A_STEP = EnumSet.of(OrderStatus.HANDLING, OrderStatus.DELAYED,
            OrderStatus.FAILED, OrderStatus.CANCELLED);
    private static final Set<OrderStatus> WITH_A_REASON = EnumSet.of(OrderStatus.DELAYED, OrderStatus.FAILED,
            OrderStatus.CANCELLED);

    public OrderFilter {
        channel = channel == null ? null : OrderDraft.channelName(channel);
    }

    /** A filter without further conditions. */
    public static OrderFilter of(Set<OrderStatus> statuses, String channel, String text) {
        return new OrderFilter(statuses, channel, text, null, null, null, null, null);
    }

    /** The same with other statuses. */
    public OrderFilter withStatuses(Set<OrderStatus> others) {
        return new OrderFilter(others, channel, text, step, cause, country, placedFrom, placedTo);
    }

    /** The same of another channel; null: of all. */
    public OrderFilter withChannel(String other) {
        return new OrderFilter(statuses, other, text, step, cause, country, placedFrom, placedTo);
    }

    /** Whether it asks for nothing but statuses and a channel. */
    public boolean simple() {
        return equals(of(statuses, channel, null));
    }

    /** Whether an order of this status may match. */
    public boolean shows(OrderStatus status) {
        return (statuses.isEmpty() || statuses.contains(status))
                && (step == null || AT_A_STEP.contains(status))
                && (cause == null || WITH_A_REASON.contains(status));
    }

    /** The statuses that a matching order may have. */
    Set<OrderStatus> possible() {
        return Arrays.stream(OrderStatus.values())
                .filter(this::shows)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderStatus.class)));
    }

    /** Whether a matching order may have any status. */
    boolean anyStatus() {
        return possible().size() == OrderStatus.values().length;
    }

    /** Whether the order meets every condition but the text. */
    public boolean shows(OrderView order) {
        return shows(order.status()) && (channel == null || channel.equals(order.channel()))
                && (step == null || step.wireName().equals(order.step()))
                && (cause == null || order.reason() != null && cause.equals(order.reason().code()))
                && (country == null || country.equals(order.shipTo().country()))
                && (placedFrom == null || !order.placedAt().isBefore(placedFrom))
                && (placedTo == null || order.placedAt().isBefore(placedTo));
    }

    /** The part of it that has one of these statuses; null if there is none. */
    public OrderFilter within(Set<OrderStatus> some) {
        Set<OrderStatus> both = some.stream().filter(this::shows).collect(Collectors.toSet());
        return both.isEmpty() ? null : withStatuses(both);
    }
}
