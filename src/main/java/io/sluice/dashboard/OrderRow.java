package io.sluice.dashboard;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.sluice.store.OrderView;
import io.sluice.store.PageCursor;

/** An order as the table and its history page show it. */
record OrderRow(OrderView order) {
    private static final DateTimeFormatter FIXED_WIDTH = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS")
            .withZone(ZoneOffset.UTC);
    private static final int SHORT_REASON = 120;

    static List<OrderRow> of(List<OrderView> orders) {
        return orders.stream().map(OrderRow::new).toList();
    }

    /** What people call the order. */
    public String name() {
        return order.externalId() == null ? order.id().toString() : order.externalId();
    }

    public StatusBadge badge() {
        return new StatusBadge(order.status());
    }

    /** Compared as text, larger keys stand higher in the table. */
    public String sortKey() {
        return FIXED_WIDTH.format(order.placedAt()) + "/" + order.id();
    }

    /** Continues the table below this row. */
    public String cursor() {
        return PageCursor.after(order);
    }

    /** Whether a person may have it handled now. */
    public boolean selectable() {
        return order.status().awaitsPerson();
    }

    public String placed() {
        return Words.minutes(order.placedAt());
    }

    public String received() {
        return Words.seconds(order.receivedAt());
    }

    public String updated() {
        return Words.seconds(order.updatedAt());
    }

    /** Its place in the batch it is part of. */
    public String position() {
        return Words.number(order.position());
    }

    public String country() {
        return Words.country(order.shipTo().country());
    }

    public String total() {
        return Words.money(order.total(), order.currency());
    }

    /** What is being done, or was being done when it stopped; null when there is nothing to tell. */
    public String step() {
        return order.step() == null ? null : Words.sentence(order.step());
    }

    /** Why it is held or failed, in a few words; null otherwise. */
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
                        Words.money(line.unitPrice(), order.currency())))
                .toList();
    }

    /** One line of the order. */
    record Line(int quantity, String title, String sku, String unitPrice) {}
}
