package io.sluice.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** Stand-in, to be overwritten by package stream: polls the log without its guard against overtaking commits. */
@ApplicationScoped
public class EventTail {
    private final AtomicLong last = new AtomicLong(-1);
    private final Multi<List<LogEvent>> batches;

    EventTail(Pool pool) {
        batches = Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(50))
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> poll(pool))
                .filter(events -> !events.isEmpty())
                .broadcast()
                .toAllSubscribers();
    }

    public Multi<List<LogEvent>> batches() {
        return batches;
    }

    private Uni<List<LogEvent>> poll(Pool pool) {
        if (last.get() < 0) {
            return pool.query("select coalesce(max(id), 0) from event_log").execute().map(rows -> {
                last.set(rows.iterator().next().getLong(0));
                return List.of();
            });
        }
        return pool.preparedQuery("select id, kind, order_id, version, status from event_log where id > $1 order by id")
                .execute(Tuple.of(last.get()))
                .map(this::events)
                .onFailure()
                .recoverWithItem(List.of());
    }

    private List<LogEvent> events(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> {
            last.set(row.getLong(0));
            return new LogEvent(row.getLong(0).toString(), row.getString(1), row.getUUID(2), row.getInteger(3),
                    row.getString(4));
        }).toList();
    }
}
