package io.sluice.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;

/**
 * Which part of the table a page shows. All of it stands in the page's URL, so that a page can be reloaded, kept and
 * passed on.
 *
 * @param cursor where the page before ended, or null for the newest page
 */
record TableAddress(OrderFilter filter, String cursor) {
    static final String MATCHING = "matching";

    public boolean newest() {
        return cursor == null;
    }

    /** Whether nothing narrows the table down. */
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

    /** The newest page with {@code status} taken into the filter, or left out if it was in. */
    TableAddress toggling(OrderStatus status) {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        statuses.addAll(filter.statuses());
        if (!statuses.remove(status)) {
            statuses.add(status);
        }
        return new TableAddress(new OrderFilter(statuses, filter.channel(), filter.text()), null);
    }

    public TableAddress ofAnyStatus() {
        return new TableAddress(new OrderFilter(Set.of(), filter.channel(), filter.text()), null);
    }

    /** This part of the table as the page, form or fragment at {@code path} is asked for it. */
    public String at(String path) {
        StringJoiner query = new StringJoiner("&", path + "?", "").setEmptyValue(path);
        filter.statuses().forEach(status -> query.add("status=" + status));
        add(query, "channel", filter.channel());
        add(query, "q", filter.text());
        add(query, "cursor", cursor);
        return query.toString();
    }

    /** The address of the page itself. */
    public String href() {
        return at("/");
    }

    /** The same with every row selected, for a page without JavaScript. */
    public String selectAllHref() {
        return with(href(), "selectAll", "true");
    }

    /** The same with every order selected that fits the filter, whatever page it is on. */
    public String selectMatchingHref() {
        return with(href(), "selectAll", MATCHING);
    }

    /** What handing over everything that fits the filter would mean. */
    String previewHref(BatchChoices choices) {
        String preview = toNewest().at("/batches/preview");
        String chosen = with(with(preview, "printOrder", choices.printOrder().wireName()), "onFailure",
                choices.onFailure().wireName());
        return choices.printer() == null ? chosen : with(chosen, "printer", choices.printer());
    }

    /** The filter in words: {@code Received or Failed, of the channel webshop, with “Ada”}; or null if there is none. */
    public String filterInWords() {
        List<String> words = new ArrayList<>();
        if (!filter.statuses().isEmpty()) {
            words.add(filter.statuses()
                    .stream()
                    .map(status -> new StatusBadge(status).label())
                    .collect(Collectors.joining(" or ")));
        }
        if (filter.channel() != null) {
            words.add("of the channel " + filter.channel());
        }
        if (filter.text() != null) {
            words.add("with “" + filter.text() + "”");
        }
        return words.isEmpty() ? null : String.join(", ", words);
    }

    private static String with(String href, String name, String value) {
        return href + (href.contains("?") ? "&" : "?") + name + "=" + value;
    }

    private static void add(StringJoiner query, String name, String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, UTF_8));
        }
    }
}
