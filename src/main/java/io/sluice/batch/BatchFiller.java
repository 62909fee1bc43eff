package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.lane.BatchLanes;
import io.sluice.order.HandlingPlan;
import io.sluice.order.PartnerKind;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Fills a batch that is being prepared with the orders of a selection, some hundred a transaction: a single long one would
 * hold back every reader of the event log.
 */
@ApplicationScoped
class BatchFiller {
    private static final int CHUNK = 500;

    private final BatchFillTable table;
    private final PreparationTable preparations;
    private final SelectionTable selections;
    private final BatchLanes lanes;
    private final PartnerDirectory partners;
    private final HandlingPlan plan;
    private final Pool pool;

    BatchFiller(BatchFillTable table, PreparationTable preparations, SelectionTable selections, BatchLanes lanes,
            PartnerDirectory partners, HandlingPlan plan, Pool pool) {
        this.table = table;
        this.preparations = preparations;
        this.selections = selections;
        this.lanes = lanes;
        this.partners = partners;
        this.plan = plan;
        this.pool = pool;
    }

    /** Takes what is still free, at positions from 1. What is not any more is added to the selection's rejections. */
    Uni<Void> fill(UUID batch, BatchRequest request, Selection selection) {
        AtomicInteger taken = new AtomicInteger();
        return Multi.createFrom()
                .iterable(selection.orders())
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(chunk -> lockAndTake(batch, request, taken.get(), chunk)
                        .invoke(orders -> taken.addAndGet(orders.size()))
                        .chain(orders -> rejectOthers(chunk, orders, selection.rejections())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @param before how many positions are taken already */
    private Uni<List<BatchEntry>> lockAndTake(UUID batch, BatchRequest request, int before, List<UUID> chunk) {
        return pool.withTransaction(transaction -> table.lock(transaction, chunk)
                .call(() -> preparations.giveSignOfLife(transaction, batch))
                .call(locked -> table.freeze(transaction, inABatch(locked)))
                .map(locked -> place(chunk, locked, request, before))
                .call(entries -> request.printOrder().ordered()
                        ? lanes.prepare(transaction, batch,
                                entries.stream().map(BatchEntry::printer).distinct().toList())
                        : Uni.createFrom().voidItem())
                .call(entries -> table.take(transaction, batch, entries)));
    }

    private static List<UUID> inABatch(Map<UUID, BatchFillTable.Locked> locked) {
        return locked.entrySet()
                .stream()
                .filter(order -> order.getValue().batch() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<BatchEntry> place(List<UUID> chunk, Map<UUID, BatchFillTable.Locked> locked, BatchRequest request,
            int before) {
        List<BatchEntry> entries = new ArrayList<>(chunk.size());
        for (UUID id : chunk) {
            BatchFillTable.Locked order = locked.get(id);
            if (order != null) {
                int position = before + entries.size() + 1;
                String printer = request.printer() != null
                        ? request.printer()
                        : partners.route(PartnerKind.PRINTER, order.channel(), order.country()).name();
                // A failed order goes on at the step that failed; the steps before it stay done.
                entries.add(new BatchEntry(id, position, request.printOrder().rank(position),
                        plan.lanesBefore(order.step()), printer));
            }
        }
        return entries;
    }

    private Uni<Void> rejectOthers(List<UUID> chunk, List<BatchEntry> orders, Rejections rejections) {
        if (orders.size() == chunk.size()) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> others = new ArrayList<>(chunk);
        others.removeAll(orders.stream().map(BatchEntry::orderId).collect(Collectors.toSet()));
        return selections.candidates(pool, others)
                .invoke(found -> found.forEach(order -> rejections.add(order.rejected())))
                .replaceWithVoid();
    }
}
