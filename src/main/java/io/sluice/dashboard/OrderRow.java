package io.sluice.dashboard;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.sluice.store.OrderView;
import io.sluice.store.PageCursor;

/** An order, as shown in the table and in its history. */
public record OrderRow(OrderView order) {
    private static final DateTimeFormatter FIXED_WIDTH = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS")
            .withZone(ZoneOffset.UTC);
    private static final int SHORT_REASON = 120;

    public static List<OrderRow> of(List<OrderView> orders) {
        return orders.stream().map(OrderRow::new).toList();
    }

    /** The order number: the external id, or the id if there is none. */
    public String name() {
        return order.externalId() == null ? order.id().toString() : order.externalId();
    }

    public StatusBadge badge() {
        return new StatusBadge(order.status());
    }

    /** Sorts as text; larger keys come first in the table. */
    public String sortKey() {
        return FIXED_WIDTH.format(order.placedAt()) + "/" + order.id();
    }

    /** The cursor of the rows below this one. */
    public String cursor() {
        return PageCursor.after(order);
    }

    /** Whether the order can be handled now. */
    public boolean selectable() {
        return order.status().awaitsPerson();
    }

    public String placed() {
        return Format.minutes(order.placedAt());
    }

    /** The deadline; null if there is none. */
    public String shipBy() {
        return order.shipBy() == null ? null : Format.minutes(order.shipBy());
    }

    public String received() {
        return Format.seconds(order.receivedAt());
    }

    public String updated() {
        return Format.seconds(order.updatedAt());
    }

    /** The position in the batch. */
    public String position() {
        return Format.number(order.position());
    }

    public String country() {
        return Format.country(order.shipTo().country());
    }

    public String total() {
        return Format.money(order.total(), order.currency());
    }

    /** The current or failed step; null if none. */
    public String step() {
        return order.step() == null ? null : Format.sentence(order.step());
    }

    /** Why the order is held or failed, in short; null otherwise. */
    public String reason() {
        if (order.reason() == null) {
            return null;
        }
        String detail = order.reason().detail() == null ? order.reason().code() : order.reason().detail();
        return detail.length() <= SHORT_REASON
                ? detail
                : detail.substring(0, SHORT_REASON).replaceFirst("\\s*\\S*$", " …");
    }

    public List<Line> lines() {
        return order.lines()
                .stream()
                .map(line -> new Line(line.quantity(), line.title(), line.sku(),
                        Format.money(line.unitPrice(), order.currency())))
                .toList();
    }

    /** The parts of the total that are no lines; empty if there are none. */
    public List<Adjustment> adjustments() {
        return order.adjustments() == null
                ? List.of()
                : order.adjustments()
                        .stream()
                        .map(one -> new Adjustment(one.label(), Format.money(one.amount(), order.currency())))
                        .toList();
    }

    /** A part of the total, such as shipping. */
    record Adjustment(String label, String amount) {}

    /** A line of the order. */
    record Line(int quantity, String title, String sku, String unitPrice) {}
}
