package io.sluice.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;
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
    private static final String WRITTEN = """
            s.order_id = t.order_id and s.lease = t.lease and s.version = t.version + 1 and s.status = t.status
            """;
    /**
     * The ranks of others that gave way at a gate {@code g} and could go on now: it would be wrong to go before them. They wait
     * for a partner that is back, or that the order of item {@code own}, held like them, is to be tried with.
     */
    private static final String BACK = """
            select i.rank
            from (select * from order_state where batch_id = $1 and status = 'DELAYED' and step = g.step
                  union all
                  select * from order_state where batch_id = $1 and not parked and status in ('QUEUED', 'HANDLING')) s
                 join batch_item i on i.batch_id = $1 and i.rank = s.rank and i.gave_way and not i.late
            where s.rank <> own.rank and coalesce(s.step, $6) = g.step
              and (s.status <> 'DELAYED'
                   or (s.held_by is not null or s.due_at <= now()) and not (%s)
                   or (own.gave_way or o.delayed_since is not null)
                      and exists (select from partner p where p.name = s.held_by and p.state = 'PROBING'))
            """.formatted(holdsTooLong("$7"));
    private static final String REJOIN = """
            with reached as materialized (
                -- The highest rank that was let through: some are just going through, the answer of others is not known.
                select g.gate, greatest(g.let_through,
                    (select max(t.rank) from order_state t
                     where t.batch_id = $1 and t.status = 'HANDLING' and not t.parked and t.admitted
                       and coalesce(t.step, $3) = g.step),
                    (select max(t.rank) from order_state t
                     where t.batch_id = $1 and t.unknown and coalesce(t.step, $3) = g.step)) as rank
                from batch_gate g where g.batch_id = $1
            ), back as (
                update batch_item i
                set gave_way = false,
                    late = i.late or coalesce((select i.rank < r.rank from reached r where r.gate = i.gates_passed), false)
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
            """;
    /** Who draws a turn must not commit after one who draws a later turn: the printer would change hands twice. */
    private static final int LINE = 0x51_1C_E0;

    private final HandlingPlan plan;
    private final HandlingConfig config;

    GateTable(HandlingPlan plan, HandlingConfig config) {
        this.plan = plan;
        this.config = config;
    }

    /**
     * Of an order {@code s} and its item {@code i}: it has been DELAYED for longer than anybody should wait for it. Once the
     * partner that it waits for is back, it is waited for as long again.
     *
     * @param patience the parameter that tells how long, in milliseconds
     */
    static String holdsTooLong(String patience) {
        return """
                s.status = 'DELAYED'
                and (i.late or s.delayed_since <= now() - %1$s * interval '1 millisecond'
                               and not exists (select from partner p
                                               where p.name = s.held_by and p.state = 'UP'
                                                 and p.since > now() - %1$s * interval '1 millisecond'))
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
    private static Columns<StepRecord> written(List<StepRecord> records) {
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
     * @param unknown the step that may have been carried out without anybody's knowing; or null
     * @return the steps whose gate nobody waits for any more
     */
    Uni<List<String>> giveWay(SqlClient transaction, UUID batch, UUID order, Step unknown) {
        return transaction.preparedQuery("""
                with item as (
                    update batch_item set gave_way = true where batch_id = $1 and order_id = $2 returning rank
                )
                update batch_gate g set let_through = greatest(g.let_through, i.rank)
                from item i where g.batch_id = $1 and g.step = $3
                """)
                .execute(Tuple.of(batch, order, unknown == null ? null : unknown.wireName()))
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

    /**
     * Parks those of these orders, which have come to an ordered step, whose turn it surely is not. The others have to
     * {@link #arrive}.
     *
     * @return whether the slip of each parked order comes out of sequence
     */
    Uni<Map<UUID, Boolean>> park(SqlClient transaction, UUID batch, List<StepRecord> records) {
        Tuple parameters = written(records)
                .add(String.class, r -> r.next().get().wireName())
                .tuple()
                .addUUID(batch);
        return transaction.preparedQuery("""
                update order_state s set parked = true, admitted = false, due_at = null, worker = null
                from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::int[], $6::text[])
                         as t(order_id, lease, version, status, rank, step)
                join batch b on b.id = $7
                join batch_item i on i.batch_id = b.id and i.rank = t.rank
                join batch_gate g on g.batch_id = b.id and g.step = t.step
                where %s and not s.parked
                  and (b.status <> 'RUNNING' or not i.gave_way and not (i.rank <= g.next_rank and %s))
                returning s.order_id, i.late
                """.formatted(WRITTEN, IN_TURN)).execute(parameters).map(rows -> {
            Map<UUID, Boolean> parked = new HashMap<>();
            rows.forEach(row -> parked.put(row.getUUID(0), row.getBoolean(1)));
            return parked;
        });
    }

    /**
     * An order has come to an ordered step. If it had given way, it is back in the sequence now, and so it is where the gate
     * was closed because the batch was to end, before a retry had the batch run again; with it come others that gave way and
     * could go on now. If it is not its turn, it is parked.
     */
    Uni<Arrival> arrive(SqlClient transaction, Claim claim, Step step) {
        return look(transaction, claim, step).chain(seen -> seen.back().isEmpty()
                ? Uni.createFrom().item(seen)
                : rejoin(transaction, claim.place().batch(), seen.back())
                        .chain(() -> look(transaction, claim, step)))
                .chain(seen -> {
                    if (!seen.ours()) {
                        return Uni.createFrom().item(Arrival.GONE);
                    }
                    Arrival arrival = new Arrival(seen.gate() && !seen.turn(), seen.late(), false);
                    if (!seen.gate()) {
                        return Uni.createFrom().item(arrival);
                    }
                    return (arrival.parked() ? park(transaction, claim) : admit(transaction, claim))
                            .map(ours -> ours ? arrival : Arrival.GONE);
                });
    }

    private Uni<Seen> look(SqlClient transaction, Claim claim, Step step) {
        BatchPlace place = claim.place();
        return transaction
                .preparedQuery(
                        """
                                select own.late, g.gate is not null, coalesce(b.status = 'RUNNING' and own.rank <= g.next_rank and %s, false),
                                       case when b.status = 'RUNNING'
                                            then array(%s) || case when own.gave_way or not g.open then array[own.rank] end
                                            else array[]::int[] end
                                from batch b join batch_item own on own.batch_id = b.id and own.rank = $2
                                     join order_state o on o.order_id = $4 and o.lease = $5 and o.due_at > clock_timestamp()
                                     left join batch_gate g on g.batch_id = b.id and g.step = $3
                                where b.id = $1
                                """
                                .formatted(IN_TURN, BACK))
                .execute(Tuple.tuple()
                        .addUUID(place.batch())
                        .addInteger(place.rank())
                        .addString(step.wireName())
                        .addUUID(claim.state().id())
                        .addInteger(claim.lease())
                        .addString(plan.first().wireName())
                        .addLong(config.gatePatience().toMillis()))
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        return Seen.NOT_OURS;
                    }
                    Row row = rows.iterator().next();
                    return new Seen(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2),
                            List.of(row.getArrayOfIntegers(3)), true);
                });
    }

    /** False if somebody else has the order, or it is to be cancelled: then it stays as it is. */
    private static Uni<Boolean> park(SqlClient transaction, Claim claim) {
        return transaction.preparedQuery("""
                update order_state set parked = true, admitted = false, due_at = null, worker = null
                where order_id = $1 and lease = $2 and status = 'HANDLING' and not parked and not cancel_requested
                """).execute(Tuple.of(claim.state().id(), claim.lease())).map(rows -> rows.rowCount() > 0);
    }

    /** Lets an order through; false if somebody else has it. */
    private static Uni<Boolean> admit(SqlClient transaction, Claim claim) {
        return transaction.preparedQuery("update order_state set admitted = true where order_id = $1 and lease = $2")
                .execute(Tuple.of(claim.state().id(), claim.lease()))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * What came of an order at a gate.
     *
     * @param parked whether it waits for its turn there
     * @param late   whether its slip comes out of sequence
     * @param gone   whether it is not the worker's any more, or to be cancelled: nothing is to be done of the step
     */
    record Arrival(boolean parked, boolean late, boolean gone) {
        static final Arrival GONE = new Arrival(false, false, true);
    }

    /**
     * How an order finds a gate.
     *
     * @param late whether its slip comes out of sequence
     * @param gate whether there is one
     * @param turn whether it is its turn
     * @param back the ranks of those that get back into the sequence, itself perhaps among them
     * @param ours whether the worker still has it
     */
    private record Seen(boolean late, boolean gate, boolean turn, List<Integer> back, boolean ours) {
        static final Seen NOT_OURS = new Seen(false, false, false, List.of(), false);
    }
}
