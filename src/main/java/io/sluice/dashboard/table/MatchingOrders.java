package io.sluice.dashboard.table;

import java.util.EnumSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.batch.BatchCreator;
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
        OrderFilter open = address.filter().withStatuses(wanted);
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(SelectAllOffer.NONE);
        }
        // Counts only orders that can be handled: the others are too many to count quickly.
        return batches.preview(BatchRequest.ofFilter(open, PrintOrder.ANY, FailurePolicy.SKIP))
                .map(found -> new SelectAllOffer(address, onPage, found.total(), found.retried(),
                        all && found.total() > 0))
                // More orders than a batch accepts: offer nothing.
                .onFailure(ProblemException.class)
                .recoverWithItem(SelectAllOffer.NONE);
    }
}
