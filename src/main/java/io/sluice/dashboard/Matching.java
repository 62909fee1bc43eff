package io.sluice.dashboard;

import java.util.EnumSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.batch.BatchPreview;
import io.sluice.batch.BatchRequest;
import io.sluice.batch.Batches;
import io.sluice.http.ProblemException;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderStatus;
import io.sluice.order.PrintOrder;
import io.sluice.store.OrderFilter;
import io.smallrye.mutiny.Uni;

/** Counts the orders on all pages of the table that a person may have handled. */
@ApplicationScoped
class Matching {
    private final Batches batches;

    Matching(Batches batches) {
        this.batches = batches;
    }

    /** The line under the buttons for a page of which {@code onPage} rows are selected. */
    Uni<MatchingLine> line(TableAddress address, int onPage, boolean all) {
        Set<OrderStatus> wanted = EnumSet.noneOf(OrderStatus.class);
        for (OrderStatus status : OrderStatus.values()) {
            if (status.awaitsPerson() && (address.filter().statuses().isEmpty() || address.shows(status))) {
                wanted.add(status);
            }
        }
        OrderFilter open = new OrderFilter(wanted, address.filter().channel(), address.filter().text());
        Uni<Integer> count = wanted.isEmpty() ? Uni.createFrom().item(0) : count(open);
        return count.map(total -> new MatchingLine(address, onPage, total, all && total > 0));
    }

    /** Asked for those only that can be handled, because the others are many and cost time. */
    private Uni<Integer> count(OrderFilter open) {
        return batches.preview(BatchRequest.ofFilter(open, PrintOrder.ANY, FailurePolicy.SKIP))
                .map(BatchPreview::total)
                // More than a batch takes: it is no use to offer them.
                .onFailure(ProblemException.class)
                .recoverWithItem(0);
    }
}
