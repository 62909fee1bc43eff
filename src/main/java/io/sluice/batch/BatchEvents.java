package io.sluice.batch;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Tells everybody who follows the events how a batch is doing. */
@ApplicationScoped
class BatchEvents {
    private final BatchJson json;

    BatchEvents(BatchJson json) {
        this.json = json;
    }

    /** Needs the lock of the batch's row, so that the last event is the true one. */
    Uni<Void> tell(SqlClient transaction, UUID batch, BatchStatus status, BatchCounts counts) {
        return transaction
                .preparedQuery(
                        "insert into event_log (kind, batch_id, data, at) values ('batch', $1, $2, clock_timestamp())")
                .execute(Tuple.of(batch, json.write(new Progress(batch, status, counts))))
                .replaceWithVoid();
    }

    private record Progress(UUID id, BatchStatus status, BatchCounts counts) {}
}
