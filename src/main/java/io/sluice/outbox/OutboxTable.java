package io.sluice.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.GroupWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** The outbox in the database. */
@ApplicationScoped
class OutboxTable {
    private static final int MAX_GROUP = 1000;
    /** A database that stops answering must not stop the sweeper for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool pool;
    private final GroupWriter<Long, Void> removals = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE, this::removeAll);
    private final GroupWriter<Long, Void> returns = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE, this::giveBackAll);

    OutboxTable(Pool pool) {
        this.pool = pool;
    }

    /** Removes the row of a message that the broker has confirmed. Rows are removed in bulk. */
    Uni<Void> remove(long id) {
        return removals.submit(id);
    }

    private Uni<List<Void>> removeAll(List<Long> ids) {
        return change("delete from outbox where id = any($1)", ids);
    }

    /** Makes the row of a message that the broker did not accept available to all processes at once. */
    Uni<Void> giveBack(long id) {
        return returns.submit(id);
    }

    private Uni<List<Void>> giveBackAll(List<Long> ids) {
        return change("update outbox set send_after = now() where id = any($1)", ids);
    }

    private Uni<List<Void>> change(String sql, List<Long> ids) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(ids.toArray(Long[]::new)))
                .map(done -> Collections.nCopies(ids.size(), null));
    }

    /**
     * Claims up to {@code limit} rows for half a minute: rows that were given back, and rows whose process did not send
     * them in time. The row locks last for this statement only. A transaction that stayed open while the broker is slow
     * would delay every reader of the event log.
     */
    Uni<List<OutboxRow>> takeOverdue(int limit) {
        return pool.preparedQuery("""
                update outbox set send_after = now() + interval '30 seconds'
                where id in (select id from outbox where send_after < now()
                             order by send_after limit $1 for update skip locked)
                returning id, order_id, traceparent
                """).execute(Tuple.of(limit)).map(rows -> {
            List<OutboxRow> taken = new ArrayList<>(rows.size());
            for (Row row : rows) {
                taken.add(new OutboxRow(row.getLong(0), row.getUUID(1), row.getString(2)));
            }
            return taken;
        }).ifNoItem().after(PATIENCE).fail();
    }
}
