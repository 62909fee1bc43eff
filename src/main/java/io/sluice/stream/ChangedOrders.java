package io.sluice.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.access.Maskable;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.store.OrderFilter;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;

/**
 * The orders that have changed since a time, as they are now. Each comes at the place of its last change in the event
 * log, so that a program that goes on with the cursor of each page misses no change.
 */
@ApplicationScoped
public class ChangedOrders {
    private final EventLog log;
    private final Orders orders;

    ChangedOrders(EventLog log, Orders orders) {
        this.log = log;
        this.orders = orders;
    }

    /**
     * A page of changes.
     *
     * @param nextCursor where to go on; never null
     * @param more       whether there may be more changes now
     */
    public record Page(List<OrderView> items, String nextCursor, boolean more) implements Maskable<Page> {

        @Override
        public Page masked() {
            return new Page(items.stream().map(OrderView::masked).toList(), nextCursor, more);
        }
    }

    /**
     * @param since  orders that changed earlier are left out
     * @param after  where the page before ended; null for the first page
     * @param filter its text is ignored
     */
    public Uni<Page> since(Instant since, Position after, OrderFilter filter, int limit) {
        return start(since, after).chain(from -> log.lastChanges(from, limit))
                .chain(changes -> orders.findAll(changes.orders()).map(found -> {
                    Map<UUID, OrderView> byId = found.stream()
                            .collect(Collectors.toMap(OrderView::id, Function.identity()));
                    List<OrderView> items = new ArrayList<>();
                    for (UUID id : changes.orders()) {
                        OrderView order = byId.get(id);
                        if (order != null && !order.updatedAt().isBefore(since) && filter.shows(order)) {
                            items.add(order);
                        }
                    }
                    return new Page(items, changes.end().toString(), changes.more());
                }));
    }

    private Uni<Position> start(Instant since, Position after) {
        return after == null
                ? log.before(since)
                : log.knows(after).map(known -> {
                    if (!known) {
                        throw ProblemException.of(ProblemType.GONE,
                                "This cursor is not known here any more. Begin again without it.");
                    }
                    return after;
                });
    }
}
