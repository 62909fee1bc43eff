package io.sluice.dashboard.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;

import io.sluice.dashboard.FilterText;
import io.sluice.dashboard.batch.BatchChoices;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;

/**
 * The part of the table that a page shows. It is fully encoded in the URL, so that a page can be reloaded, bookmarked
 * and shared.
 *
 * @param cursor the end of the previous page, or null for the newest page
 */
record TableAddress(OrderFilter filter, String cursor) {
    static final String MATCHING = "matching";

    public boolean newest() {
        return cursor == null;
    }

    /** Whether no filter is set and this is the newest page. */
    public boolean everything() {
        return newest() && filter.equals(OrderFilter.ALL);
    }

    boolean shows(OrderStatus status) {
        return filter.statuses().contains(status);
    }

    public TableAddress toNewest() {
        return new TableAddress(filter, null);
    }

    TableAddress after(String lastRow) {
        return new TableAddress(filter, lastRow);
    }

    /** The newest page with {@code status} added to the filter, or removed from it. */
    TableAddress toggling(OrderStatus status) {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        statuses.addAll(filter.statuses());
        if (!statuses.remove(status)) {
            statuses.add(status);
        }
        return new TableAddress(filter.withStatuses(statuses), null);
    }

    /** The preview of a batch with the matching orders that have never failed. */
    public String previewWithoutFailedHref() {
        return new TableAddress(filter.withStatuses(EnumSet.of(OrderStatus.RECEIVED)), null).at("batches/preview");
    }

    public TableAddress ofAnyStatus() {
        return new TableAddress(filter.withStatuses(Set.of()), null);
    }

    /** The URL of the page, form or fragment at {@code path} for this part of the table. */
    public String at(String path) {
        StringJoiner query = new StringJoiner("&", path + "?", "").setEmptyValue(path);
        filter.statuses().forEach(status -> query.add("status=" + status));
        add(query, "channel", filter.channel());
        add(query, "q", filter.text());
        add(query, "step", filter.step() == null ? null : filter.step().wireName());
        add(query, "cause", filter.cause());
        add(query, "country", filter.country());
        add(query, "placedFrom", filter.placedFrom());
        add(query, "placedTo", filter.placedTo());
        add(query, "cursor", cursor);
        return query.toString();
    }

    public MoreFilters more() {
        return new MoreFilters(filter);
    }

    /** The URL of the page itself. */
    public String href() {
        return at(".");
    }

    /** The page with all rows selected, for browsers without JavaScript. */
    public String selectAllHref() {
        return with(href(), "selectAll", "true");
    }

    /** The page with all matching orders selected. */
    public String selectMatchingHref() {
        return with(href(), "selectAll", MATCHING);
    }

    /** The preview of a batch with all matching orders. */
    String previewHref(BatchChoices choices) {
        String preview = toNewest().at("batches/preview");
        String chosen = with(with(preview, "printOrder", choices.printOrder().wireName()), "onFailure",
                choices.onFailure().wireName());
        return choices.printer() == null ? chosen : with(chosen, "printer", choices.printer());
    }

    /**
     * The filter as text, for example {@code Received or Failed, channel webshop, containing “Ada”}; null if there is
     * none.
     */
    public String filterText() {
        return FilterText.of(filter);
    }

    private static String with(String href, String name, String value) {
        return href + (href.contains("?") ? "&" : "?") + name + "=" + value;
    }

    private static void add(StringJoiner query, String name, Object value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value.toString(), UTF_8));
        }
    }
}
