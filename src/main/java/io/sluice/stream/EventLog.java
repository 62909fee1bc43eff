package io.sluice.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Reads the event log in commit order, without gaps.
 *
 * <p>A sequence assigns numbers before the commit, and a later number may be committed first. A reader that asks for
 * {@code id > last} would miss rows. So events carry the id of their transaction, and only events of transactions older
 * than every running one are read: no event can appear behind the reader.
 */
@ApplicationScoped
public class EventLog {
    /** Events that are looked at for a page of changes: most orders change some times in a row. */
    private static final int CHANGES = 2000;
    private static final String COLUMNS = "xid, id, kind, order_id, channel, version, status, step,"
            + " attempt, outcome, reason_code, reason_detail, tracking_number, batch_id, position, started_at, at,"
            + " data";
    private static final String SETTLED = " and xid < (select log_horizon())";
    private static final String READ = "select " + COLUMNS
            + " from event_log where (xid, id) > ($1, $2)" + SETTLED
            + " order by xid, id limit $3";
    private static final String READ_ORDER = "select " + COLUMNS
            + " from event_log where order_id = $4 and (xid, id) > ($1, $2)" + SETTLED
            + " order by xid, id limit $3";

    private final Pool pool;
    private final EventEncoder encoder;

    EventLog(Pool pool, EventEncoder encoder) {
        this.pool = pool;
        this.encoder = encoder;
    }

    /** The events after {@code position}, oldest first, at most {@code limit}. */
    Uni<List<LogEvent>> after(Position position, int limit) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(position.xid(), position.id(), limit))
                .map(this::events);
    }

    /** The events of one order after {@code position}, oldest first, at most {@code limit}. */
    Uni<List<LogEvent>> after(Position position, int limit, UUID orderId) {
        return pool.preparedQuery(READ_ORDER)
                .execute(Tuple.of(position.xid(), position.id(), limit, orderId))
                .map(this::events);
    }

    /** The events at these positions, as far as they have not been removed. Positions may be null. */
    public Uni<Map<Position, LogEvent>> find(Collection<Position> positions) {
        List<Position> wanted = positions.stream().filter(Objects::nonNull).toList();
        return pool.preparedQuery("select " + COLUMNS + """
                 from event_log where (xid, id) in (select * from unnest($1::bigint[], $2::bigint[]))
                """)
                .execute(Tuple.of(wanted.stream().map(Position::xid).toArray(Long[]::new),
                        wanted.stream().map(Position::id).toArray(Long[]::new)))
                .map(rows -> {
                    Map<Position, LogEvent> found = new HashMap<>();
                    events(rows).forEach(event -> found.put(event.position(), event));
                    return found;
                });
    }

    /**
     * The last changes of orders.
     *
     * @param end  where to go on
     * @param more whether there may be more
     */
    record Changes(List<UUID> orders, Position end, boolean more) {}

    /** The orders whose last change comes after {@code position}, in the sequence of these changes. */
    Uni<Changes> lastChanges(Position position, int limit) {
        return pool.preparedQuery("""
                select e.xid, e.id, s.order_id
                from (select xid, id, order_id, version from event_log
                      where (xid, id) > ($1, $2) and xid < (select log_horizon()) order by xid, id limit $3) e
                     left join order_state s on s.order_id = e.order_id and s.version = e.version
                order by e.xid, e.id
                """)
                .execute(Tuple.of(position.xid(), position.id(), CHANGES))
                .map(rows -> {
                    List<UUID> orders = new ArrayList<>();
                    Position end = position;
                    for (Row row : rows) {
                        UUID order = row.getUUID("order_id");
                        if (order != null && orders.size() == limit) {
                            return new Changes(orders, end, true);
                        }
                        end = new Position(row.getLong("xid"), row.getLong("id"));
                        if (order != null) {
                            orders.add(order);
                        }
                    }
                    return new Changes(orders, end, rows.size() == CHANGES);
                });
    }

    /** A position before all events of this time and later. */
    Uni<Position> before(Instant time) {
        return pool.preparedQuery("select log_before($1)")
                .execute(Tuple.of(time.atOffset(ZoneOffset.UTC)))
                .map(rows -> new Position(rows.iterator().next().getLong(0), 0));
    }

    /** Whether the order ended at or before this position. A void after a cancellation comes later. */
    Uni<Boolean> endedBy(Position position, UUID orderId) {
        return pool.preparedQuery("""
                select exists (select from event_log where order_id = $1 and status in ('HANDLED', 'CANCELLED')
                               and (xid, id) <= ($2, $3))
                """)
                .execute(Tuple.of(orderId, position.xid(), position.id()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The position behind all events that can be read now. */
    Uni<Position> end() {
        return pool.query("select log_horizon()")
                .execute()
                .map(rows -> new Position(rows.iterator().next().getLong(0), 0));
    }

    /** The newest event, even if it cannot be read yet; the start of the log if there is none. */
    Uni<Position> newest() {
        return pool.query("select xid, id from event_log order by xid desc, id desc limit 1")
                .execute()
                .map(rows -> rows.rowCount() == 0
                        ? new Position(0, 0)
                        : new Position(rows.iterator().next().getLong(0), rows.iterator().next().getLong(1)));
    }

    /**
     * Whether a client can be sent all that it has missed since this position: at most {@code events}, and none older
     * than {@code age}.
     */
    Uni<Boolean> canReplay(Position position, int events, Duration age) {
        return pool.preparedQuery("""
                select (select count(*) <= $3
                        from (select from event_log where (xid, id) > ($1, $2) limit $3 + 1) missed)
                       and coalesce((select at from event_log where (xid, id) > ($1, $2) order by xid, id limit 1)
                                    > now() - $4 * interval '1 second', true)
                """)
                .execute(Tuple.of(position.xid(), position.id(), events, (double) age.toSeconds()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Whether the log has everything after this position: it is not in the future, no restore has undone it, and no
     * later event was removed with its order.
     */
    Uni<Boolean> knows(Position position) {
        return pool.preparedQuery("""
                select $1 <= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + log_shift()
                       and not exists (select from log_epoch where continues < $1 and $1 < begins_at)
                       and ($1, $2) >= (select xid, id from log_trim)
                """)
                .execute(Tuple.of(position.xid(), position.id()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private List<LogEvent> events(RowSet<Row> rows) {
        List<LogEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            events.add(encoder.event(row));
        }
        return events;
    }
}
