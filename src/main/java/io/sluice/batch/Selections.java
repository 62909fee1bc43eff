package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.store.OrderFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Reads what a request asks for as it stands at one moment, and changes nothing. */
@ApplicationScoped
class Selections {
    private static final int MAX_ORDERS = 1_000_000;
    /** Counting on would cost more than it tells. */
    private static final int MAX_REJECTED = 1_000_000;

    private final SelectionTable table;
    private final Pool pool;

    Selections(SelectionTable table, Pool pool) {
        this.table = table;
        this.pool = pool;
    }

    /** @throws ProblemException 422 if a filter has more matches than a batch can take */
    Uni<Selection> read(BatchRequest request) {
        Rejections rejections = new Rejections();
        return request.filter() == null
                ? listed(request.orderIds(), rejections).map(orders -> new Selection(orders, rejections))
                : atOneMoment(snapshot -> table.free(snapshot, request.filter(), MAX_ORDERS + 1)
                        .invoke(orders -> checkSize(orders.size()))
                        .chain(orders -> notFree(snapshot, request.filter(), rejections)
                                .replaceWith(new Selection(orders, rejections))));
    }

    /** Like {@link #read}, but only tells how many orders there are. */
    Uni<BatchPreview> preview(BatchRequest request) {
        Rejections rejections = new Rejections();
        Uni<Integer> total = request.filter() == null
                ? listed(request.orderIds(), rejections).map(List::size)
                : atOneMoment(snapshot -> table.countFree(snapshot, request.filter(), MAX_ORDERS + 1)
                        .invoke(Selections::checkSize)
                        .call(() -> notFree(snapshot, request.filter(), rejections)));
        return total.map(count -> BatchPreview.of(count, request, rejections));
    }

    private Uni<List<UUID>> listed(List<UUID> ids, Rejections rejections) {
        return table.candidates(pool, ids).map(candidates -> {
            List<UUID> free = new ArrayList<>(candidates.size());
            for (Candidate order : candidates) {
                if (order.free()) {
                    free.add(order.id());
                } else {
                    rejections.add(order.rejected());
                }
            }
            return free;
        });
    }

    private Uni<Void> notFree(SqlConnection snapshot, OrderFilter filter, Rejections rejections) {
        return table.notFree(snapshot, filter, Rejections.MAX_NAMED, MAX_REJECTED, rejections);
    }

    /** Every query of {@code work} sees the same state. It only reads, so no reader of the event log waits for it. */
    private <T> Uni<T> atOneMoment(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(transaction -> transaction
                .query("set transaction isolation level repeatable read, read only")
                .execute()
                .chain(() -> work.apply(transaction)));
    }

    private static void checkSize(int orders) {
        if (orders > MAX_ORDERS) {
            throw ProblemException.invalid(List.of(InputError.at("/filter",
                    "More than " + MAX_ORDERS + " orders match that could be taken; narrow the filter down.")));
        }
    }
}
