package io.sluice.handle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** What becomes of an order that comes to a gate: it goes through, or is parked there. Needs the lock of the batch's gates. */
@ApplicationScoped
class ArrivalTable {
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
            """.formatted(GateTable.holdsTooLong("$7"));

    private final GateTable gates;
    private final HandlingPlan plan;
    private final HandlingConfig config;

    ArrivalTable(GateTable gates, HandlingPlan plan, HandlingConfig config) {
        this.gates = gates;
        this.plan = plan;
        this.config = config;
    }

    /**
     * Parks those of these orders, which have come to an ordered step, whose turn it surely is not. The others have to
     * {@link #arrive}.
     *
     * @return whether the slip of each parked order comes out of sequence
     */
    Uni<Map<UUID, Boolean>> park(SqlClient transaction, UUID batch, List<StepRecord> records) {
        Tuple parameters = GateTable.written(records)
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
                """.formatted(GateTable.WRITTEN, GateTable.IN_TURN)).execute(parameters).map(rows -> {
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
                : gates.rejoin(transaction, claim.place().batch(), seen.back())
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
                                .formatted(GateTable.IN_TURN, BACK))
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
