package io.sluice.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Gates;
import io.sluice.order.HandlingPlan;
import io.sluice.order.PrintOrder;
import io.sluice.order.Step;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Takes the orders of a selection into a batch that is being prepared, some hundred a transaction: a single long one
 * would hold back every reader of the event log, and everybody who wants one of these orders.
 */
@ApplicationScoped
class Taking {
    private static final int CHUNK = 500;

    private final TakeTable table;
    private final PreparationTable preparations;
    private final SelectionTable selections;
    private final Gates gates;
    private final HandlingPlan plan;
    private final Pool pool;

    Taking(TakeTable table, PreparationTable preparations, SelectionTable selections, Gates gates,
            HandlingPlan plan, Pool pool) {
        this.table = table;
        this.preparations = preparations;
        this.selections = selections;
        this.gates = gates;
        this.plan = plan;
        this.pool = pool;
    }

    /** Takes what is still free, at positions from 1; what is not any more becomes one of the selection's rejections. */
    Uni<Void> take(UUID batch, PrintOrder printOrder, Selection selection) {
        AtomicInteger taken = new AtomicInteger();
        return Multi.createFrom()
                .iterable(selection.orders())
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(chunk -> lockAndTake(batch, printOrder, taken.get(), chunk)
                        .invoke(orders -> taken.addAndGet(orders.size()))
                        .chain(orders -> rejectOthers(chunk, orders, selection.rejections())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @param before how many positions are taken already */
    private Uni<List<Taken>> lockAndTake(UUID batch, PrintOrder printOrder, int before, List<UUID> chunk) {
        Set<UUID> left = new HashSet<>();
        return pool.withTransaction(transaction -> table.lock(transaction, chunk)
                .call(() -> preparations.giveSignOfLife(transaction, batch))
                .call(locked -> table.freeze(transaction, inABatch(locked, left)))
                .map(locked -> place(chunk, locked, printOrder, before))
                .call(orders -> table.take(transaction, batch, orders)))
                .call(() -> letGoOn(left));
    }

    private static List<UUID> inABatch(Map<UUID, TakeTable.Locked> locked, Set<UUID> batches) {
        List<UUID> orders = new ArrayList<>();
        locked.forEach((id, order) -> {
            if (order.batch() != null) {
                orders.add(id);
                batches.add(order.batch());
            }
        });
        return orders;
    }

    private List<Taken> place(List<UUID> chunk, Map<UUID, TakeTable.Locked> locked, PrintOrder printOrder,
            int before) {
        List<Taken> orders = new ArrayList<>(chunk.size());
        for (UUID id : chunk) {
            TakeTable.Locked order = locked.get(id);
            if (order != null) {
                int position = before + orders.size() + 1;
                // A failed order goes on at the step that failed; the steps before it are done and stay done.
                Step step = order.step() == null ? plan.first() : order.step();
                orders.add(new Taken(id, position, printOrder.rank(position), plan.gatesBefore(step)));
            }
        }
        return orders;
    }

    /** An order that failed may have held up the batch that it has left. */
    private Uni<Void> letGoOn(Set<UUID> batches) {
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(gates::refresh)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> rejectOthers(List<UUID> chunk, List<Taken> orders, Rejections rejections) {
        if (orders.size() == chunk.size()) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> others = new ArrayList<>(chunk);
        others.removeAll(orders.stream().map(Taken::orderId).collect(Collectors.toSet()));
        return selections.candidates(pool, others)
                .invoke(found -> found.forEach(order -> rejections.add(order.rejected())))
                .replaceWithVoid();
    }
}
