package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.lane.BatchLanes;
import io.sluice.order.HandlingPlan;
import io.sluice.order.PartnerKind;
import io.sluice.order.Step;
import io.sluice.partner.PartnerDirectory;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Fills a batch that is being prepared with the orders of a selection, some hundred a transaction: a single long one
 * would hold back every reader of the event log.
 */
@ApplicationScoped
class BatchFiller {
    private static final int CHUNK = 500;

    /**
     * Orders that another transaction has locked are skipped, and so is what has changed since this transaction began:
     * waiting could put the event of this transaction, with an older id, behind that of the other.
     */
    private static final String LOCK = """
            /* lock free orders */
            select c.order_id, c.step, o.channel, o.country
            from unnest($1::uuid[]) with ordinality as wanted(order_id, place)
                 join batch_candidate c on c.order_id = wanted.order_id join orders o on o.id = c.order_id
            where c.free and c.updated_at < now()
            order by wanted.place for update of c skip locked
            """;

    /**
     * Notes how each order was, and queues it: in the lane of its step, or parked until the batch starts it. In a batch
     * that an order was still in, it stays as it stood.
     */
    private static final String TAKE = """
            /* take */
            with input as (
                select t.*, s.status, s.step, s.reason_code, s.reason_detail, s.outcome_unknown,
                       s.batch_id as last_batch, s.position as last_position, lane_of($6, s.step, t.printer) as lane
                from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])
                         as t(order_id, position, rank, lanes_passed, printer)
                     join order_state s using (order_id)
            ), left_behind as (
                update batch_item l
                set left_status = i.status, left_step = i.step, left_reason_code = i.reason_code,
                    left_reason_detail = i.reason_detail, uncertain_step = case when i.outcome_unknown then i.step end
                from input i where l.batch_id = i.last_batch and l.position = i.last_position
            ), item as (
                insert into batch_item (batch_id, position, rank, order_id, printer, lanes_passed, before_status,
                                        before_step, before_reason_code, before_reason_detail)
                select $6, i.position, i.rank, i.order_id, i.printer, i.lanes_passed, i.status, i.step, i.reason_code,
                       i.reason_detail
                from input i
            )
            update order_state s
            set status = 'QUEUED', version = s.version + 1, parked = i.lane is null, lane = i.lane, batch_id = $6,
                position = i.position, rank = i.rank, printer = i.printer, actor = b.started_by,
                queued_at = b.created_at, expedited = true
            from input i join batch b on b.id = $6 where s.order_id = i.order_id
            """;

    private final BatchPreparation preparation;
    private final Selections selections;
    private final BatchLanes lanes;
    private final PartnerDirectory partners;
    private final HandlingPlan plan;
    private final Pool pool;

    BatchFiller(BatchPreparation preparation, Selections selections, BatchLanes lanes, PartnerDirectory partners,
            HandlingPlan plan, Pool pool) {
        this.preparation = preparation;
        this.selections = selections;
        this.lanes = lanes;
        this.partners = partners;
        this.plan = plan;
        this.pool = pool;
    }

    /** Takes what is still free, at positions from 1. What is not any more is rejected. */
    Uni<Void> fill(UUID batch, BatchRequest request, Selection selection) {
        AtomicInteger taken = new AtomicInteger();
        return Multi.createFrom()
                .iterable(selection.orders())
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(chunk -> take(batch, request, chunk, taken.get())
                        .invoke(entries -> taken.addAndGet(entries.size()))
                        .chain(entries -> rejectOthers(chunk, entries, selection)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @param before how many positions are taken already */
    private Uni<List<BatchEntry>> take(UUID batch, BatchRequest request, List<UUID> chunk, int before) {
        return pool.withTransaction(transaction -> preparation.giveSignOfLife(transaction, batch)
                .chain(() -> lock(transaction, request, chunk, before))
                .call(entries -> request.printOrder().ordered()
                        ? lanes.prepare(transaction, batch,
                                entries.stream().map(BatchEntry::printer).distinct().toList())
                        : Uni.createFrom().voidItem())
                .call(entries -> transaction.preparedQuery(TAKE)
                        .execute(new Columns<>(entries).add(UUID.class, BatchEntry::orderId)
                                .add(Integer.class, BatchEntry::position)
                                .add(Integer.class, BatchEntry::rank)
                                .add(Integer.class, BatchEntry::lanesPassed)
                                .add(String.class, BatchEntry::printer)
                                .tuple()
                                .addUUID(batch)))
                .call(() -> preparation.giveSignOfLife(transaction, batch)));
    }

    /** Locks those of the orders that are free, and gives each its place in the batch. */
    private Uni<List<BatchEntry>> lock(SqlClient transaction, BatchRequest request, List<UUID> chunk, int before) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(chunk.toArray(UUID[]::new))).map(rows -> {
            List<BatchEntry> entries = new ArrayList<>(rows.size());
            for (Row row : rows) {
                int position = before + entries.size() + 1;
                String printer = request.printer() != null
                        ? request.printer()
                        : partners.route(PartnerKind.PRINTER, row.getString("channel"), row.getString("country"))
                                .name();
                // A failed order goes on at the step that failed; the steps before it stay done.
                entries.add(new BatchEntry(row.getUUID("order_id"), position, request.printOrder().rank(position),
                        plan.lanesBefore(Step.of(row.getString("step"))), printer));
            }
            return entries;
        });
    }

    private Uni<Void> rejectOthers(List<UUID> chunk, List<BatchEntry> entries, Selection selection) {
        if (entries.size() == chunk.size()) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> others = new ArrayList<>(chunk);
        others.removeAll(entries.stream().map(BatchEntry::orderId).collect(Collectors.toSet()));
        return selections.reject(others, selection);
    }
}
