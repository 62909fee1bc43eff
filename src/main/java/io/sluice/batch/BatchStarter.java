package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.handle.HandlingConfig;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Starts the parked orders of batches, some at a time: those that stand in no lane and are not too far ahead of the
 * cursor of the next one. Any process does it.
 */
@ApplicationScoped
class BatchStarter {
    private static final Logger LOG = Logger.getLogger(BatchStarter.class);
    private static final Pace LOOK = new Pace(250, 5000);
    /** Orders of one batch that are under way at a time: a large batch must leave room for others. */
    private static final int MAX_UNDER_WAY = 256;

    /** With $4, a message for an order in each lane has a worker look there. */
    private static final String START = """
            /* start orders */
            with cursor as (
                select c.lane_no, l.printer, coalesce(c.next_rank::bigint + $2, 2147483647) as last
                from batch_lane c join lane l on l.name = c.lane where c.batch_id = $1
            ), startable as (
                select s.order_id from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                where s.batch_id = $1 and s.parked and s.rank <= (select coalesce(max(last), 2147483647) from cursor)
                  and s.rank <= coalesce((select c.last from cursor c
                                          where c.lane_no >= i.lanes_passed
                                            and (c.printer is null or c.printer = i.printer)
                                          order by c.lane_no limit 1), 2147483647)
                  and exists (select from batch b where b.id = $1 and b.status = 'RUNNING')
                order by s.rank
                limit greatest(0, $3 - (select count(*) from order_state u where u.batch_id = $1 and u.lane is null
                                        and not u.parked and u.status in ('QUEUED', 'HANDLING')))
                for update of s skip locked
            ), started as (
                update order_state s set parked = false from startable t where s.order_id = t.order_id
                returning s.order_id, s.rank
            ), in_lanes as (
                select s.order_id, s.rank from batch_lane c cross join lateral (
                    select order_id, rank from order_state s where s.lane = c.lane and s.batch_id = c.batch_id
                    order by rank limit 1) s
                where c.batch_id = $1 and $4
            )
            insert into outbox (order_id, send_after, traceparent)
            select order_id, now() + interval '10 seconds', (select traceparent from batch where id = $1)
            from (select * from started union all select * from in_lanes) o order by rank
            returning id, order_id, traceparent
            """;

    private final PeriodicTasks tasks;
    private final HandlingConfig config;
    private final Relay relay;
    private final Pool pool;

    BatchStarter(PeriodicTasks tasks, HandlingConfig config, Relay relay, Pool pool) {
        this.tasks = tasks;
        this.config = config;
        this.relay = relay;
        this.pool = pool;
    }

    void begin(@Observes StartupEvent event) {
        tasks.every(LOOK, LOG, "Orders of batches cannot be started", this::startAll);
    }

    private Uni<?> startAll() {
        return pool.query("""
                /* batches to start */
                select b.id from batch b
                where b.status = 'RUNNING' and exists (select from order_state s where s.batch_id = b.id and s.parked)
                """)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> start(pool, row.getUUID("id"), false).invoke(relay::sendSoon))
                .collect()
                .last();
    }

    /**
     * Starts what may start of a running batch. The messages may be sent after the commit.
     *
     * @param first whether the batch has just come into the line of its lanes
     */
    Uni<List<OutboxRow>> start(SqlClient client, UUID batch, boolean first) {
        return client.preparedQuery(START)
                .execute(Tuple.of(batch, config.lookAhead(), MAX_UNDER_WAY, first))
                .map(rows -> {
                    List<OutboxRow> messages = new ArrayList<>(rows.size());
                    rows.forEach(row -> messages.add(new OutboxRow(row.getLong("id"), row.getUUID("order_id"),
                            row.getString("traceparent"))));
                    return messages;
                });
    }
}
