package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.handle.HandlingConfig;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Starts the parked orders of batches, some at a time: those that stand in no lane and are not too far ahead of the cursor of
 * the next one. Any process does it.
 */
@ApplicationScoped
public class BatchStarter {
    private static final Logger LOG = Logger.getLogger(BatchStarter.class);
    private static final long LOOK_MS = 250;
    /** Orders of one batch that are under way at a time: a large batch must leave room for others. */
    private static final int MAX_UNDER_WAY = 256;

    private static final String START = """
            /* start orders */
            with cursor as (
                select c.lane_no, l.printer, coalesce(c.next_rank::bigint + $2, 2147483647) as last
                from batch_lane c join lane l on l.name = c.lane where c.batch_id = $1
            ), startable as (
                select s.order_id from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                where s.batch_id = $1 and s.parked and s.rank <= (select coalesce(max(last), 2147483647) from cursor)
                  and s.rank <= coalesce((select c.last from cursor c
                                          where c.lane_no >= i.lanes_passed and (c.printer is null or c.printer = i.printer)
                                          order by c.lane_no limit 1), 2147483647)
                  and exists (select from batch b where b.id = $1 and b.status = 'RUNNING')
                order by s.rank
                limit greatest(0, $3 - (select count(*) from order_state u where u.batch_id = $1 and u.lane is null
                                        and not u.parked and u.status in ('QUEUED', 'HANDLING')))
                for update of s skip locked
            ), started as (
                update order_state s set parked = false from startable t where s.order_id = t.order_id
                returning s.order_id, s.rank
            )
            insert into outbox (order_id, send_after)
            select order_id, now() + interval '10 seconds' from started order by rank
            returning id, order_id
            """;

    private final HandlingConfig config;
    private final Relay relay;
    private final Pool pool;
    private final Vertx vertx;
    private final SupervisedTask looking = new SupervisedTask(LOG, "Orders of batches cannot be started");
    private volatile boolean underway;
    private volatile boolean stopped;

    BatchStarter(HandlingConfig config, Relay relay, Pool pool, Vertx vertx) {
        this.config = config;
        this.relay = relay;
        this.pool = pool;
        this.vertx = vertx;
    }

    void begin(@Observes StartupEvent event) {
        vertx.setPeriodic(LOOK_MS, ignored -> look());
    }

    void leave(@Observes ShutdownStarted event) {
        stopped = true;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void look() {
        if (underway || stopped) {
            return;
        }
        underway = true;
        looking.attempt(pool.query("""
                /* batches to start */
                select b.id from batch b
                where b.status = 'RUNNING' and exists (select from order_state s where s.batch_id = b.id and s.parked)
                """)
                .execute()
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(row -> start(pool, row.getUUID(0)).invoke(relay::sendSoon))
                        .collect()
                        .last()))
                .subscribe()
                .with(done -> underway = false);
    }

    /** Starts what may start of a running batch. The messages are sent after the commit, by {@link #send}. */
    Uni<List<OutboxRow>> start(SqlClient client, UUID batch) {
        return client.preparedQuery(START)
                .execute(Tuple.of(batch, config.lookAhead(), MAX_UNDER_WAY))
                .map(rows -> {
                    List<OutboxRow> messages = new ArrayList<>(rows.size());
                    rows.forEach(row -> messages.add(new OutboxRow(row.getLong(0), row.getUUID(1))));
                    return messages;
                });
    }

    /** Like {@link #start}; if orders stand in lanes, a message for one of them has a worker look there. */
    public Uni<List<OutboxRow>> startWithLanes(SqlClient transaction, UUID batch) {
        return start(transaction, batch).chain(messages -> transaction.preparedQuery("""
                /* tell of lanes */
                insert into outbox (order_id, send_after)
                select s.order_id, now() + interval '10 seconds'
                from batch_lane c cross join lateral (
                    select order_id from order_state s where s.lane = c.lane and s.batch_id = c.batch_id
                    order by rank limit 1) s
                where c.batch_id = $1
                returning id, order_id
                """).execute(Tuple.of(batch)).map(rows -> {
            List<OutboxRow> all = new ArrayList<>(messages);
            rows.forEach(row -> all.add(new OutboxRow(row.getLong(0), row.getUUID(1))));
            return all;
        }));
    }

    /** Sends messages whose rows are committed. */
    public void send(List<OutboxRow> messages) {
        relay.sendSoon(messages);
    }
}
