package io.sluice.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sluice.batch.Rejected;

/**
 * The orders that a batch does not take, put together by reason.
 *
 * @param total   all of them; the groups have only those that are known by name
 * @param unnamed those of them that are in no group
 */
record Refusals(int total, int unnamed, List<Group> groups) {
    private static final int NAMED = 3;
    /** The page links to the batch instead of naming its id. */
    private static final String IN_ANOTHER_BATCH = "It is in another batch, which is still running.";

    static Refusals of(List<Rejected> rejected, int total) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Rejected one : rejected) {
            groups.merge(one.reason(), Group.of(one), Group::and);
        }
        return new Refusals(total, total - rejected.size(), List.copyOf(groups.values()));
    }

    /** The orders to be named. */
    List<UUID> named() {
        return groups.stream().flatMap(group -> group.some.stream()).map(NamedOrder::id).toList();
    }

    Refusals with(Map<UUID, String> names) {
        return new Refusals(total, unnamed, groups.stream().map(group -> group.with(names)).toList());
    }

    public String totalInWords() {
        return Words.orders(total);
    }

    public String unnamedInWords() {
        return Words.number(unnamed);
    }

    /**
     * Orders that are not taken for the same reason.
     *
     * @param batch the batch that has them, or null
     * @param some  the first ones
     */
    record Group(String reason, UUID batch, int count, List<NamedOrder> some) {

        static Group of(Rejected one) {
            String reason = one.batchId() == null ? one.reason() : IN_ANOTHER_BATCH;
            return new Group(reason, one.batchId(), 1,
                    List.of(new NamedOrder(one.orderId(), one.orderId().toString())));
        }

        Group and(Group next) {
            List<NamedOrder> more = count < NAMED
                    ? java.util.stream.Stream.concat(some.stream(), next.some.stream()).toList()
                    : some;
            return new Group(reason, batch, count + 1, more);
        }

        Group with(Map<UUID, String> names) {
            return new Group(reason, batch, count, some.stream()
                    .map(order -> new NamedOrder(order.id, names.getOrDefault(order.id, order.name)))
                    .toList());
        }

        public String orders() {
            return Words.orders(count);
        }

        /** How many are not named, in words; null if all are. */
        public String others() {
            return count > some.size() ? Words.number(count - some.size()) : null;
        }
    }

    /** What people call an order. */
    record NamedOrder(UUID id, String name) {}
}
