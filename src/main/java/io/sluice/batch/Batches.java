package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Stand-in, to be overwritten by package batch: queues what may be queued. */
@ApplicationScoped
public class Batches {
    private static final String QUEUE = """
            with queued as (
                update order_state set status = 'QUEUED', version = version + 1, reason_code = null,
                    reason_detail = null, updated_at = now()
                where order_id = $1 and status in ('RECEIVED', 'FAILED') returning order_id, version)
            insert into event_log (kind, order_id, version, status, at)
            select 'order', order_id, version, 'QUEUED', now() from queued""";

    private final Pool pool;

    Batches(Pool pool) {
        this.pool = pool;
    }

    public Uni<BatchView> create(List<UUID> orderIds) {
        List<Rejected> rejected = new ArrayList<>();
        return Multi.createFrom()
                .iterable(orderIds)
                .onItem()
                .transformToUniAndConcatenate(id -> pool.preparedQuery(QUEUE).execute(Tuple.of(id)).invoke(done -> {
                    if (done.rowCount() == 0) {
                        rejected.add(new Rejected(id, "It is neither RECEIVED nor FAILED."));
                    }
                }))
                .collect()
                .asList()
                .map(done -> new BatchView(UUID.randomUUID(), "RUNNING",
                        new BatchCounts(orderIds.size() - rejected.size()), rejected));
    }
}
