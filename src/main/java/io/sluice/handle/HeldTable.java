package io.sluice.handle;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Partner;
import io.sluice.order.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** The orders that wait for a partner's return. Nobody claims them until they are let go, the longest queued first. */
@ApplicationScoped
class HeldTable {
    /** Of a partner's held orders, those that no other keeps from going: at a gate, the first of the batch that is held. */
    private static final String FREE_TO_GO = """
            select s.order_id, s.queued_at, s.rank from order_state s
            where s.held_by = $1
              and not exists (select from batch_gate g
                                   join order_state ahead on ahead.batch_id = g.batch_id and ahead.step = g.step
                                                          and ahead.held_by = $1
                              where g.batch_id = s.batch_id and g.step = s.step and ahead.rank < s.rank)
            """;

    private final Pool pool;

    HeldTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * Holds the orders that wait to be tried again at the partner; those that a worker has hold themselves. One statement,
     * and no part of a longer transaction: it must not write under an older id than a record that it has seen.
     */
    Uni<Void> hold(Partner partner) {
        String[] steps = Arrays.stream(Step.values())
                .filter(step -> step.kind() == partner.kind())
                .map(Step::wireName)
                .toArray(String[]::new);
        return pool.preparedQuery("""
                with waiting as (
                    select order_id from order_state
                    where status = 'DELAYED' and step = any($2) and held_by is null
                    for update skip locked
                ), held as (
                    update order_state s
                    set held_by = $1, due_at = null, reason_code = 'partner-down',
                        reason_detail = 'The ' || $1 || ' is down; the order goes on when it is back.',
                        version = s.version + 1, updated_at = clock_timestamp()
                    from waiting w where s.order_id = w.order_id
                    returning s.*
                )
                insert into event_log (kind, order_id, channel, version, status, step, reason_code, reason_detail,
                                       tracking_number, batch_id, position, at)
                select 'order', h.order_id, o.channel, h.version, h.status, h.step, h.reason_code, h.reason_detail,
                       h.tracking_number, h.batch_id, h.position, h.updated_at
                from held h join orders o on o.id = h.order_id
                """).execute(Tuple.of(partner.name(), steps)).replaceWithVoid();
    }

    /**
     * The order to try the partner with, held until it is claimed; empty if the partner holds none. Of those that no other keeps
     * from going it is the first, then the second and so on up to the tenth: one that the partner cannot stand must not keep it
     * down for all.
     *
     * @param probe counts from 1
     */
    Uni<Optional<UUID>> oneToTryWith(Partner partner, int probe) {
        return pool.preparedQuery("""
                select order_id from (%1$s) free
                order by queued_at, rank, order_id
                limit 1 offset ($2 - 1) %% (select greatest(count(*), 1) from (%1$s limit 10) few)
                """.formatted(FREE_TO_GO))
                .execute(Tuple.of(partner.name(), probe))
                .map(rows -> ids(rows).stream().findFirst());
    }

    /**
     * The order that is held at the same gate as this one and comes next; empty if there is none, or if the one may still be
     * waited for.
     */
    Uni<Optional<Behind>> behind(UUID order, Duration patience) {
        return pool.preparedQuery("""
                select n.batch_id, n.order_id
                from order_state s join batch_gate g on g.batch_id = s.batch_id and g.step = s.step
                     join order_state n on n.batch_id = s.batch_id and n.step = s.step and n.held_by = s.held_by
                                        and n.rank > s.rank
                where s.order_id = $1 and s.held_by is not null
                  and s.delayed_since <= now() - $2 * interval '1 millisecond'
                order by n.rank limit 1
                """)
                .execute(Tuple.of(order, patience.toMillis()))
                .map(rows -> StreamSupport
                        .stream(rows.spliterator(), false)
                        .map(row -> new Behind(row.getUUID(0), row.getUUID(1)))
                        .findFirst());
    }

    /**
     * Lets go of the next {@code limit} orders of a partner that is back, unless another worker has just done so.
     *
     * @return those let go, in their order; empty if it was not this worker's turn
     */
    Uni<List<UUID>> resume(Partner partner, int limit, long pauseMs) {
        return pool.preparedQuery("""
                with turn as (
                    update partner set resumed_at = now()
                    where name = $1 and state = 'UP'
                      and (resumed_at is null or resumed_at <= now() - $3 * interval '1 millisecond')
                    returning name
                ), next as (
                    select s.order_id from order_state s join turn t on s.held_by = t.name
                    order by s.queued_at, s.rank, s.order_id limit $2 for update of s skip locked
                ), resumed as (
                    update order_state s set held_by = null, due_at = now(), delayed_since = clock_timestamp()
                    from next n where s.order_id = n.order_id
                    returning s.order_id, s.queued_at, s.rank
                )
                select order_id from resumed order by queued_at, rank, order_id
                """).execute(Tuple.of(partner.name(), limit, pauseMs)).map(HeldTable::ids);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getUUID(0)).toList();
    }

    /** An order behind another at a gate of its batch. */
    record Behind(UUID batch, UUID order) {}
}
