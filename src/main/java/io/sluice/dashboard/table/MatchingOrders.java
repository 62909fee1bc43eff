package io.sluice.dashboard.table;

import java.util.EnumSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.batch.BatchCreator;
import io.sluice.batch.BatchPreview;
import io.sluice.batch.BatchRequest;
import io.sluice.http.ProblemException;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderStatus;
import io.sluice.order.PrintOrder;
import io.sluice.store.OrderFilter;
import io.smallrye.mutiny.Uni;

/** Counts the orders that match the filter and can be handled, on all pages. */
@ApplicationScoped
class MatchingOrders {
    private final BatchCreator batches;

    MatchingOrders(BatchCreator batches) {
        this.batches = batches;
    }

    /** The offer for a page with {@code onPage} selected rows. */
    Uni<SelectAllOffer> line(TableAddress address, int onPage, boolean all) {
        Set<OrderStatus> wanted = EnumSet.noneOf(OrderStatus.class);
        for (OrderStatus status : OrderStatus.values()) {
            if (status.awaitsPerson() && address.filter().shows(status)) {
                wanted.add(status);
            }
        }
        OrderFilter open = new OrderFilter(wanted, address.filter().channel(), address.filter().text());
        Uni<Integer> count = wanted.isEmpty() ? Uni.createFrom().item(0) : count(open);
        return count.map(total -> new SelectAllOffer(address, onPage, total, all && total > 0));
    }

    /** Counts only orders that can be handled: the others are too many to count quickly. */
    private Uni<Integer> count(OrderFilter open) {
        return batches.preview(BatchRequest.ofFilter(open, PrintOrder.ANY, FailurePolicy.SKIP))
                .map(BatchPreview::total)
                // More orders than a batch accepts: offer nothing.
                .onFailure(ProblemException.class)
                .recoverWithItem(0);
    }
}
