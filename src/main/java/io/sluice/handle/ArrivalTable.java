package io.sluice.handle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Partner;
import io.sluice.order.Step;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.StepCall;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** What becomes of an order that comes to a gate: it goes through, waits for its
 * turn, or for the partner. Needs the lock of the batch's gates. */
@ApplicationScoped
class ArrivalTable {
    /**
     * The ranks of others that gave way at a gate {@code g} and could go on now: it would be wrong to go before them. If the
     * partner is only to be tried ($8), all that wait for it may yet go on, but for those ahead of an order that it is tried with
     * behind them ($10). Those whose slip comes late anyway stay away.
     */
    private static final String BACK = """
            select i.rank
            from (select * from order_state where batch_id = $1 and status = 'DELAYED' and step = g.step
                  union all
                  select * from order_state where batch_id = $1 and not parked and status in ('QUEUED', 'HANDLING')) s
                 join batch_item i on i.batch_id = $1 and i.rank = s.rank and i.gave_way
                                      and (not i.late or i.gates_passed = 0 and coalesce(i.rank > %s, true))
            where s.rank <> own.rank and (not $10 or s.rank > own.rank) and coalesce(s.step, $6) = g.step
              and (s.status <> 'DELAYED' or $8 and s.held_by is not null
                   or (s.held_by is not null or s.due_at <= now()) and not (%s))
            """.formatted(GateTable.reached("$6"), GateTable.delayedTooLong("$7"));
    private static final String LOOK = """
            select own.late, own.gave_way, g.gate is not null as gate, partner.free,
                   coalesce(b.status = 'RUNNING' and own.rank <= g.next_rank and %s, false) as turn,
                   case when b.status <> 'RUNNING' then array[]::int[]
                        else case when partner.free then array(%s) else array[]::int[] end
                             || case when not g.open or own.gave_way and partner.free then array[own.rank] end
                   end as back
            from batch b join batch_item own on own.batch_id = b.id and own.rank = $2
                 join order_state o on o.order_id = $4 and o.lease = $5 and o.due_at > clock_timestamp()
                 left join batch_gate g on g.batch_id = b.id and g.step = $3
                 cross join (select $8 or not exists (select from partner p where p.name = $9 and p.state <> 'UP')
                                 as free) partner
            where b.id = $1
            """.formatted(GateTable.IN_TURN, BACK);

    private final GateTable gates;
    private final HandlingPlan plan;
    private final HandlingConfig config;
    private final PartnerDirectory partners;

    ArrivalTable(GateTable gates, HandlingPlan plan, HandlingConfig config, PartnerDirectory partners) {
        this.gates = gates;
        this.plan = plan;
        this.config = config;
        this.partners = partners;
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
     * could go on now. If it is not its turn, it is parked. While the step's partner is down it stays where it is, and does not
     * go through, even if this worker does not know of that yet: it might be the first to print when the partner is back, before
     * all that gave way.
     *
     * @param trial whether the partner, which is down, is to be tried with this order
     */
    Uni<Arrival> arrive(SqlClient transaction, Claim claim, Step step, Trial trial) {
        return look(transaction, claim, step, trial)
                .chain(seen -> seen.back().isEmpty()
                        ? Uni.createFrom().item(seen)
                        // Who is brought back depends on the partner's being up: it is not asked a second time.
                        : gates.rejoin(transaction, claim.place().batch(), seen.back())
                                .chain(() -> look(transaction, claim, step, trial))
                                .map(again -> again.withPartner(seen.free())))
                .chain(seen -> {
                    Arrival arrival = new Arrival(seen.fate(), seen.late());
                    Uni<Boolean> ours = switch (arrival.fate()) {
                        case PARKED -> park(transaction, claim);
                        case THROUGH -> admit(transaction, claim);
                        case HELD, GONE -> Uni.createFrom().item(true);
                    };
                    return ours.map(yes -> yes ? arrival : Arrival.GONE);
                });
    }

    private Uni<Seen> look(SqlClient transaction, Claim claim, Step step, Trial trial) {
        return transaction.preparedQuery(LOOK)
                .execute(Tuple.tuple()
                        .addUUID(claim.place().batch())
                        .addInteger(claim.place().rank())
                        .addString(step.wireName())
                        .addUUID(claim.state().id())
                        .addInteger(claim.lease())
                        .addString(plan.first().wireName())
                        .addLong(config.gatePatience().toMillis())
                        .addBoolean(trial != Trial.NONE)
                        .addString(partner(claim, step).name())
                        .addBoolean(trial == Trial.BEHIND_ANOTHER))
                .map(rows -> rows.rowCount() == 0 ? Seen.NOT_OURS : Seen.of(rows.iterator().next()));
    }

    private Partner partner(Claim claim, Step step) {
        StepCall call = claim.call();
        return partners.route(step.kind(), call.channel(), call.content().shipTo().country());
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

    /** What becomes of an order at a gate. */
    enum Fate {
        /** It is its turn, or there is no gate. */
        THROUGH,
        /** It waits for its turn. */
        PARKED,
        /** It is to be held, because the partner is down. */
        HELD,
        /** It is not the worker's any more, or to be cancelled: nothing is to be done of the step. */
        GONE
    }

    /** @param late whether its slip comes out of sequence */
    record Arrival(Fate fate, boolean late) {
        private static final Arrival GONE = new Arrival(Fate.GONE, false);
    }

    /**
     * How an order finds a gate.
     *
     * @param late    whether its slip comes out of sequence
     * @param gaveWay whether it holds nobody up
     * @param gate    whether there is one
     * @param free    whether the partner is up, or to be tried
     * @param turn    whether it is its turn
     * @param back    the ranks of those that get back into the sequence, itself perhaps among them
     * @param ours    whether the worker still has it
     */
    private record Seen(boolean late, boolean gaveWay, boolean gate, boolean free, boolean turn, List<Integer> back,
            boolean ours) {
        private static final Seen NOT_OURS = new Seen(false, false, false, false, false, List.of(), false);

        private static Seen of(Row row) {
            return new Seen(row.getBoolean("late"), row.getBoolean("gave_way"), row.getBoolean("gate"),
                    row.getBoolean("free"), row.getBoolean("turn"), List.of(row.getArrayOfIntegers("back")), true);
        }

        private Seen withPartner(boolean free) {
            return new Seen(late, gaveWay, gate, free, turn, back, ours);
        }

        private Fate fate() {
            if (!ours) {
                return Fate.GONE;
            }
            if (!gate || turn && free) {
                return Fate.THROUGH;
            }
            // Parked, nobody would bring back one that gave way.
            return !free && (turn || gaveWay) ? Fate.HELD : Fate.PARKED;
        }
    }
}
