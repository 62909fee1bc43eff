package io.sluice.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The statements of {@link Retention}. Each is short and is a transaction of its own. Those that remove do nothing while
 * another process removes.
 */
@ApplicationScoped
class RetentionTable {
    private static final int ORDERS = 200;
    private static final int EVENTS = 2000;
    private static final int KEYS = 1000;
    private static final int BATCHES = 50;
    private static final int DELIVERIES = 2000;
    private static final int AUDIT = 2000;

    /** The events before the newest one that is removed are not complete any more. */
    private static final String TRIM = """
            trimmed as (
                update log_trim set xid = newest.xid, id = newest.id
                from (select xid, id from events order by xid desc, id desc limit 1) newest
                where (newest.xid, newest.id) > (log_trim.xid, log_trim.id))
            """;
    private static final String ALONE = """
            with alone as materialized (select pg_try_advisory_xact_lock(hashtext('sluice.retention')) as yes),
            """;

    private final Pool pool;

    RetentionTable(Pool pool) {
        this.pool = pool;
    }

    record OldOrder(UUID id, int version) {}

    /**
     * A part of the orders that are old enough by their age.
     *
     * @param ended those of them that can go
     * @param last  the last one; null if there are no more
     */
    record Window(List<OldOrder> ended, UUID last) {}

    record LogPosition(long xid, long id) {}

    /**
     * Looks at the orders after {@code after}. Ids are UUIDv7, so the oldest orders come first. One goes if it ended
     * before {@code limit}, and so did its batches.
     */
    Uni<Window> oldOrders(Instant limit, UUID after) {
        return pool.preparedQuery("""
                /* old orders */
                select order_id, version,
                       status in ('HANDLED', 'CANCELLED') and due_at is null and held_by is null and updated_at < $2
                       and not exists (select from batch_item i join batch b on b.id = i.batch_id
                                       where i.order_id = s.order_id
                                         and (b.finished_at is null or b.finished_at >= $2)) as goes
                from order_state s
                where order_id > $1 and order_id < $3
                order by order_id
                limit $4
                """)
                .execute(Tuple.of(after, at(limit), firstIdOf(limit), ORDERS))
                .map(RetentionTable::window);
    }

    private static Window window(RowSet<Row> rows) {
        List<OldOrder> ended = new ArrayList<>();
        UUID last = null;
        for (Row row : rows) {
            last = row.getUUID("order_id");
            if (row.getBoolean("goes")) {
                ended.add(new OldOrder(last, row.getInteger("version")));
            }
        }
        return new Window(ended, rows.size() < ORDERS ? null : last);
    }

    /** Removes these orders unless they have changed. Emits how many went. */
    Uni<Integer> remove(List<OldOrder> orders) {
        return count(ALONE + """
                gone as (delete from order_state s
                         using unnest($1::uuid[], $2::int[]) as old(id, version)
                         where s.order_id = old.id and s.version = old.version and (select yes from alone)
                         returning s.order_id),
                items as (delete from batch_item i using gone where i.order_id = gone.order_id),
                content as (delete from orders o using gone where o.id = gone.order_id),
                queued as (delete from search_queue q using gone where q.order_id = gone.order_id),
                indexed as (delete from order_search t using gone where t.order_id = gone.order_id),
                events as (delete from event_log e using gone where e.order_id = gone.order_id
                           returning e.xid, e.id),
                """ + TRIM + "select count(*) from gone",
                Tuple.of(orders.stream().map(OldOrder::id).toArray(UUID[]::new),
                        orders.stream().map(OldOrder::version).toArray(Integer[]::new)));
    }

    /** Removes batches that ended before {@code limit} and have no orders any more. */
    Uni<Integer> removeBatches(Instant limit) {
        return count(ALONE + """
                old as (select id from batch b
                        where finished_at < $1 and (select yes from alone)
                          and not exists (select from batch_item where batch_id = b.id)
                        order by created_at limit $2),
                lanes as (update lane set batch_id = null where batch_id in (select id from old)),
                cursors as (delete from batch_lane where batch_id in (select id from old)),
                gone as (delete from batch where id in (select id from old) returning id)
                select count(*) from gone
                """, Tuple.of(at(limit), BATCHES));
    }

    /**
     * Removes the old events of batches and partners from the next part of the log.
     *
     * @return the last event of that part; null at the end of the old ones
     */
    Uni<LogPosition> removeEvents(Instant limit, LogPosition after) {
        return pool.preparedQuery(ALONE + """
                part as materialized (select xid, id, kind, at from event_log
                                      where (xid, id) > ($1, $2) order by xid, id limit $3),
                events as (delete from event_log e using part p
                           where e.xid = p.xid and e.id = p.id and p.kind <> 'order' and p.at < $4
                             and (select yes from alone)
                           returning e.xid, e.id),
                """ + TRIM + """
                select xid, id from part
                where (select count(*) from part) = $3 and (select max(at) from part) < $4
                order by xid desc, id desc limit 1
                """)
                .execute(Tuple.of(after.xid(), after.id(), EVENTS, at(limit)))
                .map(rows -> rows.rowCount() == 0
                        ? null
                        : new LogPosition(rows.iterator().next().getLong("xid"), rows.iterator().next().getLong("id")));
    }

    Uni<Integer> removeKeys(Instant limit) {
        return count("""
                with gone as (delete from idempotency_key where (caller, key) in (
                                  select caller, key from idempotency_key where created_at < $1
                                  order by created_at limit $2 for update skip locked)
                              returning key)
                select count(*) from gone
                """, Tuple.of(at(limit), KEYS));
    }

    /** Removes the old entries of the delivery log, except for those that are still to be sent. */
    Uni<Integer> removeDeliveries(Instant limit) {
        return count("""
                with gone as (delete from webhook_delivery where id in (
                                  select d.id from webhook_delivery d left join webhook w on w.id = d.webhook_id
                                  where d.event_at < $1 and (d.state <> 'PENDING' or w.id is null or w.disabled_at < $1)
                                  limit $2 for update of d skip locked)
                              returning id)
                select count(*) from gone
                """, Tuple.of(at(limit), DELIVERIES));
    }

    /** The database keeps entries for 30 days at least, see the table. */
    Uni<Integer> removeAudit(Instant limit) {
        return count("select remove_old_audit($1, $2)", Tuple.of(at(limit), AUDIT));
    }

    /** A person who is to be erased from archives. */
    record Erasure(long id, byte[] emailHash) {}

    /** The erasures of persons after this one. Younger ones may still be committed out of order. */
    Uni<List<Erasure>> erasures(long after, Instant before) {
        return pool.preparedQuery("""
                /* erasures */
                select id, email_hash from person_erasure
                where id > $1 and at < $2 and email_hash is not null order by id
                """)
                .execute(Tuple.of(after, at(before)))
                .map(rows -> Rows.all(rows, row -> new Erasure(row.getLong(0), row.getBuffer(1).getBytes())));
    }

    /** Forgets whom old erasures were about. */
    Uni<Void> forgetErased(Instant before) {
        return pool.preparedQuery("""
                /* forget erased persons */
                update person_erasure set email_hash = null where at < $1 and email_hash is not null
                """).execute(Tuple.of(at(before))).replaceWithVoid();
    }

    private Uni<Integer> count(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(rows -> rows.iterator().next().getInteger(0));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The lowest UUIDv7 of this millisecond (RFC 9562, section 5.7). */
    private static UUID firstIdOf(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
    }
}
