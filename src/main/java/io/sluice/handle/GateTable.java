package io.sluice.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The gates of batches: at an ordered step, an order starts once every order of a lower rank has passed the step or given
 * way, and the gates of the same step that stand in line before this one are done. Every change is made with the batch's
 * gates locked, so that "park if it is not my turn" and "wake whose turn it is" cannot miss one another.
 */
@ApplicationScoped
class GateTable {
    /** Of a gate {@code g}: the batch is the first in line for its step. */
    static final String IN_TURN = """
            g.open and not exists (select from batch_gate e where e.step = g.step and e.open and e.turn < g.turn)
            """;
    /** Of a record {@code t} and its order {@code s}: it is as this record has left it. */
    static final String WRITTEN = """
            s.order_id = t.order_id and s.lease = t.lease and s.version = t.version + 1 and s.status = t.status
            """;
    private static final String REJOIN = """
            with reached as materialized (
                select g.gate, %s as rank from batch_gate g where g.batch_id = $1
            ), back as (
                update batch_item i
                set gave_way = false,
                    -- Asked anew: who seemed to go through may not have; but it may have come late at an earlier gate.
                    late = i.late and i.gates_passed > 0
                           or coalesce((select i.rank < r.rank from reached r where r.gate = i.gates_passed), false)
                where i.batch_id = $1 and i.rank = any($2)
                returning i.rank, i.gates_passed
            )
            update batch_gate g
            set next_rank = case when g.open then least(g.next_rank, b.rank)
                            else (select min(w.rank) from batch_item w
                                  where w.batch_id = $1 and w.gates_passed <= g.gate
                                    and (not w.gave_way or w.rank = any($2))) end,
                turn = case when g.open then g.turn else nextval('batch_gate_turn') end, open = true
            from (select c.gate, min(back.rank) as rank
                  from batch_gate c join back on back.gates_passed <= c.gate
                  where c.batch_id = $1 group by c.gate) b
            where g.batch_id = $1 and g.gate = b.gate
            """.formatted(reached("$3"));
    /** Who draws a turn must not commit after one who draws a later turn: the printer would change hands twice. */
    private static final int LINE = 0x51_1C_E0;

    private final HandlingPlan plan;

    GateTable(HandlingPlan plan) {
        this.plan = plan;
    }

    /**
     * Of a gate {@code g} of the batch $1: the highest rank that was let through; some are just going through, of others it is
     * not known.
     *
     * @param firstStep the parameter that tells the first step of the plan
     */
    static String reached(String firstStep) {
        return """
                greatest(g.let_through,
                    (select max(t.rank) from order_state t
                     where t.batch_id = $1 and t.status = 'HANDLING' and not t.parked and t.admitted
                       and coalesce(t.step, %1$s) = g.step),
                    (select max(t.rank) from order_state t
                     where t.batch_id = $1 and t.unknown and coalesce(t.step, %1$s) = g.step),
                    (select max(t.rank) from batch_item t where t.batch_id = $1 and t.doubt_step = g.step))
                """.formatted(firstStep);
    }

    /**
     * Of a DELAYED order {@code s}: it has been so for longer than anybody should wait for it. Once the partner that it waits for
     * is back, it is waited for as long again.
     *
     * @param patience the parameter that tells how long, in milliseconds
     */
    static String delayedTooLong(String patience) {
        return """
                s.delayed_since <= now() - %1$s * interval '1 millisecond'
                and not exists (select from partner p
                                where p.name = s.held_by and p.state = 'UP'
                                  and p.since > now() - %1$s * interval '1 millisecond')
                """.formatted(patience);
    }

    /** Whether recording this may open a gate, or must stop at one. */
    boolean concerns(StepRecord record) {
        if (record.claim().place() == null || !record.claim().place().printOrder().gated()
                || plan.orderedSteps().isEmpty()) {
            return false;
        }
        return record.givesWay() || record.done() && (plan.ordered(record.step()) || stopsAtGate(record));
    }

    boolean stopsAtGate(StepRecord record) {
        return record.next().filter(plan::ordered).isPresent();
    }

    /** Locks the gates of a batch until the transaction ends. */
    Uni<Void> lock(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("select from batch_gate where batch_id = $1 order by gate for update")
                .execute(Tuple.of(batch))
                .replaceWithVoid();
    }

    /** Has gates opened one after the other, until the transaction ends. */
    Uni<Void> lockLine(SqlClient transaction) {
        return transaction.preparedQuery("select pg_advisory_xact_lock($1)").execute(Tuple.of(LINE)).replaceWithVoid();
    }

    /** Whether the cursors may move when this is recorded. */
    boolean passes(StepRecord record) {
        return record.givesWay() || record.done() && plan.ordered(record.step());
    }

    /**
     * Notes which gates those of these orders of one batch have behind them now whose record was written.
     */
    Uni<Void> pass(SqlClient transaction, UUID batch, List<StepRecord> records) {
        Tuple items = written(records)
                .add(Integer.class, this::gatesPassed)
                .add(Boolean.class, StepRecord::givesWay)
                .tuple()
                .addUUID(batch);
        return transaction.preparedQuery("""
                with passed as (
                    update batch_item i
                    set gates_passed = greatest(i.gates_passed, t.gates_passed), gave_way = i.gave_way or t.gives_way
                    from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::int[], $6::int[], $7::bool[])
                             as t(order_id, lease, version, status, rank, gates_passed, gives_way)
                    join order_state s on %s
                    where i.batch_id = $8 and i.rank = t.rank
                    returning i.rank, t.gates_passed
                )
                update batch_gate g set let_through = greatest(g.let_through, t.rank)
                from (select c.gate, max(p.rank) as rank
                      from passed p join batch_gate c on c.batch_id = $8 and c.gate < p.gates_passed
                      group by c.gate) t
                where g.batch_id = $8 and g.gate = t.gate
                """.formatted(WRITTEN)).execute(items).replaceWithVoid();
    }

    /** The parameters $1 to $5 that tell whether a record was written: see {@link #WRITTEN}. */
    static Columns<StepRecord> written(List<StepRecord> records) {
        return new Columns<>(records)
                .add(UUID.class, StepRecord::orderId)
                .add(Integer.class, r -> r.claim().lease())
                .add(Integer.class, r -> r.claim().state().version())
                .add(String.class, r -> r.decision().status().name())
                .add(Integer.class, r -> r.claim().place().rank());
    }

    /** What a cancelled order's last step did, or may have done, counts too: others may come after it. */
    private int gatesPassed(StepRecord record) {
        if (record.cancel()) {
            return plan.ordered(record.step()) && (record.done() || record.unknown())
                    ? plan.gatesBefore(record.step()) + 1
                    : 0;
        }
        if (!record.done()) {
            return 0;
        }
        return record.next().map(plan::gatesBefore).orElse(plan.orderedSteps().size());
    }

    /** @return the steps whose gate nobody waits for any more */
    Uni<List<String>> moveCursors(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                update batch_gate g set next_rank = coalesce(m.rank, g.next_rank), open = m.rank is not null
                from (select c.gate, (select i.rank from batch_item i
                                      where i.batch_id = c.batch_id and i.rank >= c.next_rank
                                        and i.gates_passed <= c.gate and not i.gave_way
                                      order by i.rank limit 1) as rank
                      from batch_gate c where c.batch_id = $1 and c.open) m
                where g.batch_id = $1 and g.gate = m.gate and g.next_rank is distinct from m.rank
                returning g.step, g.open
                """).execute(Tuple.of(batch)).map(rows -> {
            List<String> closed = new ArrayList<>();
            for (Row row : rows) {
                if (!row.getBoolean(1)) {
                    closed.add(row.getString(0));
                }
            }
            return closed;
        });
    }

    /**
     * Has an order hold nobody up any more.
     *
     * @return the steps whose gate nobody waits for any more
     */
    Uni<List<String>> giveWay(SqlClient transaction, UUID batch, UUID order) {
        return transaction.preparedQuery("update batch_item set gave_way = true where batch_id = $1 and order_id = $2")
                .execute(Tuple.of(batch, order))
                .chain(() -> moveCursors(transaction, batch));
    }

    /**
     * Takes orders back into the sequence, at their old places. Where somebody of a higher rank has been let through
     * meanwhile, they are marked: their slips come late. A gate that was done gets back in line, at its end.
     */
    Uni<Void> rejoin(SqlClient transaction, UUID batch, Collection<Integer> ranks) {
        return lockLine(transaction).chain(() -> transaction.preparedQuery(REJOIN)
                .execute(Tuple.of(batch, ranks.toArray(Integer[]::new), plan.first().wireName()))
                .replaceWithVoid());
    }
}
