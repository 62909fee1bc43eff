package io.sluice.dashboard.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.sluice.batch.Rejected;
import io.sluice.dashboard.Format;

/**
 * The orders that a batch rejects, grouped by reason.
 *
 * @param total    all rejected orders; the groups contain only those that are listed
 * @param unlisted the orders that are in no group
 */
public record RejectedOrders(int total, int unlisted, List<Group> groups) {
    private static final int NAMED = 3;
    private static final Pattern BATCH = Pattern
            .compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    public static RejectedOrders of(List<Rejected> rejected, int total) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Rejected one : rejected) {
            groups.merge(one.reason(), Group.of(one), Group::and);
        }
        return new RejectedOrders(total, total - rejected.size(), List.copyOf(groups.values()));
    }

    /** The orders whose numbers are shown. */
    public List<UUID> named() {
        return groups.stream().flatMap(group -> group.examples.stream()).map(NamedOrder::id).toList();
    }

    public RejectedOrders with(Map<UUID, String> names) {
        return new RejectedOrders(total, unlisted, groups.stream().map(group -> group.with(names)).toList());
    }

    public String totalText() {
        return Format.orders(total);
    }

    public String unlistedText() {
        return Format.number(unlisted);
    }

    /**
     * Orders rejected for the same reason.
     *
     * @param batch    the batch that contains them, or null
     * @param examples the first orders
     */
    record Group(String reason, UUID batch, int count, List<NamedOrder> examples) {

        public static Group of(Rejected one) {
            Matcher other = BATCH.matcher(one.reason());
            UUID batch = other.find() ? UUID.fromString(other.group()) : null;
            String reason = batch == null ? one.reason() : other.replaceFirst("").replace("batch ,", "another batch,");
            return new Group(reason, batch, 1, List.of(new NamedOrder(one.orderId(), one.orderId().toString())));
        }

        Group and(Group next) {
            List<NamedOrder> more = count < NAMED
                    ? Stream.concat(examples.stream(), next.examples.stream()).toList()
                    : examples;
            return new Group(reason, batch, count + 1, more);
        }

        public Group with(Map<UUID, String> names) {
            return new Group(reason, batch, count, examples.stream()
                    .map(order -> new NamedOrder(order.id, names.getOrDefault(order.id, order.name)))
                    .toList());
        }

        public String orders() {
            return Format.orders(count);
        }

        /** The number of orders not listed; null if all are. */
        public String othersText() {
            return count > examples.size() ? Format.number(count - examples.size()) : null;
        }
    }

    /** An order with its number. */
    record NamedOrder(UUID id, String name) {}
}
