package io.sluice.dashboard.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    /** The page links to the batch instead of naming its id. */
    private static final String IN_ANOTHER_BATCH = "It is in another batch, which is still running.";

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
            String reason = one.batchId() == null ? one.reason() : IN_ANOTHER_BATCH;
            return new Group(reason, one.batchId(), 1,
                    List.of(new NamedOrder(one.orderId(), one.orderId().toString())));
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
