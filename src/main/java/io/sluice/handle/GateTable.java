package io.sluice.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The gates of batches: at an ordered step, position k starts once every earlier position has passed the step or given
 * way. All of it happens in the transaction that records a step and with the batch's gates locked, so that "park if it
 * is not my turn" and "wake whose turn it is" cannot miss one another.
 */
@ApplicationScoped
public class GateTable {
    /** In {@code gates_passed}: the order holds no gate up any more. */
    private static final int GAVE_WAY = Short.MAX_VALUE;

    private final HandlingPlan plan;

    GateTable(HandlingPlan plan) {
        this.plan = plan;
    }

    /** Whether recording this may open a gate, or must stop at one. */
    boolean concerns(StepRecord record) {
        if (record.batch() == null || plan.orderedSteps().isEmpty()) {
            return false;
        }
        return record.givesWay() || record.done() && (plan.ordered(record.step()) || stopsAtGate(record));
    }

    private boolean stopsAtGate(StepRecord record) {
        return record.next().filter(plan::ordered).isPresent();
    }

    /** Locks the gates of a batch until the transaction ends. */
    Uni<Void> lock(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("select from batch_gate where batch_id = $1 order by gate for update")
                .execute(Tuple.of(batch))
                .replaceWithVoid();
    }

    /** Notes which gates these orders have behind them now, and moves the batches' cursors on. */
    Uni<Void> pass(SqlClient transaction, List<StepRecord> records) {
        Tuple items = new Columns<>(records)
                .add(UUID.class, StepRecord::batch)
                .add(Integer.class, r -> r.claim().call().position())
                .add(UUID.class, StepRecord::orderId)
                .add(Integer.class, this::gatesPassed)
                .tuple();
        UUID[] batches = records.stream().map(StepRecord::batch).distinct().toArray(UUID[]::new);
        return transaction
                .preparedQuery(
                        """
                                update batch_item i set gates_passed = greatest(i.gates_passed, t.gates_passed)
                                from unnest($1::uuid[], $2::int[], $3::uuid[], $4::int[]) as t(batch_id, position, order_id, gates_passed)
                                where i.batch_id = t.batch_id and i.position = t.position and i.order_id = t.order_id
                                """)
                .execute(items)
                .chain(() -> moveCursors(transaction, batches));
    }

    private static Uni<Void> moveCursors(SqlClient transaction, UUID... batches) {
        return transaction
                .preparedQuery("""
                        update batch_gate g set next_rank = coalesce(
                            (select min(i.rank) from batch_item i
                             where i.batch_id = g.batch_id and i.rank >= g.next_rank
                               and i.gates_passed <= g.gate),
                            2147483647)
                        where g.batch_id = any($1)
                        """)
                .execute(Tuple.of(batches))
                .replaceWithVoid();
    }

    private int gatesPassed(StepRecord record) {
        return record.givesWay() ? GAVE_WAY : record.next().map(plan::gatesBefore).orElse(GAVE_WAY);
    }

    /** Parks the order if its next step is one whose gate it has not reached; true if it was. */
    Uni<Boolean> parkIfNotItsTurn(SqlClient transaction, StepRecord record) {
        if (!stopsAtGate(record)) {
            return Uni.createFrom().item(false);
        }
        return transaction.preparedQuery("""
                update order_state s set parked = true, due_at = null, worker = null
                from batch_gate g
                where s.order_id = $1 and g.batch_id = s.batch_id and g.gate = $2 and s.position > g.next_rank
                """)
                .execute(Tuple.of(record.orderId(), plan.gatesBefore(record.next().get())))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The orders that wait at a gate of these batches although it is their turn now. */
    Uni<List<UUID>> itsTurnNow(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                select s.order_id
                from batch_gate g join order_state s on s.batch_id = g.batch_id and s.position = g.next_rank
                where g.batch_id = $1 and s.parked and coalesce(s.step, $2) = ($3::text[])[g.gate + 1]
                """)
                .execute(Tuple.of(batch, plan.first().wireName(), orderedSteps()))
                .map(GateTable::ids);
    }

    /** Lets any worker take the order, from now on. */
    Uni<Void> release(SqlClient transaction, UUID order) {
        return transaction
                .preparedQuery("update order_state set parked = false, due_at = now() where order_id = $1 and parked")
                .execute(Tuple.of(order))
                .replaceWithVoid();
    }

    /**
     * Finds orders that wait at a gate which is open, or which the present plan does not have, and lets any worker take
     * them. Ordinarily there is none: whoever opens a gate wakes the order in the same transaction. But the row may have
     * been locked at that moment, and the plan may have been changed.
     */
    Uni<List<UUID>> releaseForgotten(SqlClient client) {
        return client.preparedQuery("""
                update order_state s set parked = false, due_at = now()
                where s.parked and s.order_id in (
                    select p.order_id
                    from order_state p left join batch_gate g on g.batch_id = p.batch_id
                         and g.gate = array_position($2::text[], coalesce(p.step, $1)) - 1
                    where p.parked and (g.batch_id is null or p.position <= g.next_rank))
                returning s.order_id
                """).execute(Tuple.of(plan.first().wireName(), orderedSteps())).map(GateTable::ids);
    }

    /** Has an order that was cancelled hold nobody up any more, and wakes the order whose turn it is now. */
    public Uni<Void> giveWay(SqlClient transaction, UUID batch, UUID order) {
        return lock(transaction, batch)
                .chain(() -> transaction
                        .preparedQuery("update batch_item set gates_passed = $3 where batch_id = $1 and order_id = $2")
                        .execute(Tuple.of(batch, order, GAVE_WAY)))
                .chain(() -> moveCursors(transaction, batch))
                .chain(() -> itsTurnNow(transaction, batch))
                .chain(next -> next.isEmpty() ? Uni.createFrom().voidItem() : release(transaction, next.get(0)));
    }

    /**
     * Takes an order that had given way back into the sequence, if its place in it has not been passed yet.
     *
     * @return whether it has to wait for its turn at the gate of {@code step}
     */
    public Uni<Boolean> rejoin(SqlClient transaction, UUID batch, int position, Step step) {
        int gate = plan.gatesBefore(step);
        return lock(transaction, batch)
                .chain(() -> transaction.preparedQuery("""
                        update batch_item i set gates_passed = g.gate
                        from (select gate, next_rank from batch_gate
                              where batch_id = $1 and gate >= $3 and next_rank <= $2 order by gate limit 1) g
                        where i.batch_id = $1 and i.position = $2
                        returning g.gate = $3 and g.next_rank < i.position
                        """).execute(Tuple.of(batch, position, gate)))
                .map(rows -> plan.ordered(step) && rows.rowCount() > 0 && rows.iterator().next().getBoolean(0));
    }

    /**
     * Has those orders give way that hold up a gate although they were cancelled. Ordinarily there is none; but who
     * cancels an order may die before it has given way.
     */
    Uni<Void> passForgotten(Pool pool) {
        return pool.query("""
                select g.batch_id, i.order_id
                from batch_gate g
                join batch_item i on i.batch_id = g.batch_id and i.position = g.next_rank
                join order_state s on s.order_id = i.order_id
                where g.next_rank < 2147483647 and s.status = 'CANCELLED' and s.batch_id = g.batch_id
                """)
                .execute()
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(row -> pool.withTransaction(
                                transaction -> giveWay(transaction, row.getUUID(0), row.getUUID(1))))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private String[] orderedSteps() {
        return plan.orderedSteps().stream().map(Step::wireName).toArray(String[]::new);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        for (Row row : rows) {
            ids.add(row.getUUID(0));
        }
        return ids;
    }
}
