package io.sluice.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.outbox.OutboxRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Wakes the parked orders of a batch: the one whose turn it is at a gate, and those that may start ahead of it. */
@ApplicationScoped
class WakeTable {
    /** So many orders of one batch are under way at most: a large one must leave room for others. */
    private static final int MAX_UNDER_WAY = 256;
    /**
     * Parked where no gate is open, and not too far ahead of the first order that has not passed all of them. A gate does not
     * count where a batch goes first that waits behind this one at a gate before it: neither would ever go on.
     */
    private static final String MAY_START = """
            select a.order_id from order_state a
            where a.batch_id = $1 and a.parked and a.status in ('QUEUED', 'HANDLING')
              and a.rank <= (select coalesce(min(g.next_rank)::bigint + $3, 2147483647) from batch_gate g
                             where g.batch_id = $1 and g.open
                               and not exists (select from batch_gate first
                                                    join batch_gate waits on waits.batch_id = first.batch_id and waits.open
                                                    join batch_gate before on before.batch_id = $1 and before.open
                                                     and before.step = waits.step and before.turn < waits.turn
                                               where first.open and first.step = g.step and first.turn < g.turn
                                                 and before.gate < g.gate))
              and not exists (select from batch_gate o
                              where o.batch_id = $1 and o.open and o.step = coalesce(a.step, $2))
              and exists (select from batch b where b.id = $1 and b.status = 'RUNNING')
            order by a.rank
            limit greatest(0, $4 - (select count(*) from order_state u
                                    where u.batch_id = $1 and not u.parked and u.status in ('QUEUED', 'HANDLING')))
            """;

    private final HandlingPlan plan;
    private final HandlingConfig config;

    WakeTable(HandlingPlan plan, HandlingConfig config) {
        this.plan = plan;
        this.config = config;
    }

    /** The orders that wait at a gate of the batch although it is their turn now. */
    Uni<List<UUID>> heads(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                select s.order_id
                from batch_gate g join batch b on b.id = g.batch_id and b.status = 'RUNNING'
                     join order_state s on s.batch_id = g.batch_id and s.rank = g.next_rank
                where g.batch_id = $1 and s.parked and s.status in ('QUEUED', 'HANDLING')
                  and coalesce(s.step, $2) = g.step and %s
                """.formatted(GateTable.IN_TURN)).execute(Tuple.of(batch, plan.first().wireName())).map(WakeTable::ids);
    }

    /** The orders that may start now: not at a gate, and within the look-ahead. */
    Uni<List<UUID>> mayStart(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery(MAY_START)
                .execute(Tuple.of(batch, plan.first().wireName(), config.lookAhead(), MAX_UNDER_WAY))
                .map(WakeTable::ids);
    }

    /** Lets any worker take these orders, from now on. */
    Uni<Void> release(SqlClient transaction, Collection<UUID> orders) {
        return transaction.preparedQuery("""
                update order_state set parked = false, due_at = now() where order_id = any($1) and parked
                """).execute(Tuple.of(orders.toArray(UUID[]::new))).replaceWithVoid();
    }

    /** Like {@link #release}, with a message for each. */
    Uni<List<OutboxRow>> send(SqlClient transaction, Collection<UUID> orders) {
        return orders.isEmpty()
                ? Uni.createFrom().item(List.of())
                : transaction.preparedQuery("""
                        with released as (
                            update order_state set parked = false, due_at = now()
                            where order_id = any($1) and parked returning order_id, rank
                        )
                        insert into outbox (order_id, send_after)
                        select order_id, now() + interval '10 seconds' from released order by rank
                        returning id, order_id
                        """).execute(Tuple.of(orders.toArray(UUID[]::new))).map(rows -> {
                    List<OutboxRow> messages = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        messages.add(new OutboxRow(row.getLong(0), row.getUUID(1)));
                    }
                    return messages;
                });
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        for (Row row : rows) {
            ids.add(row.getUUID(0));
        }
        return ids;
    }
}
