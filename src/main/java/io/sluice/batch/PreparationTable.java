package io.sluice.batch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Batches that are being prepared: they cannot be seen, and none of their orders starts. The process that prepares one gives
 * a sign of life with every transaction. Without it, another process gives the batch up and undoes it.
 */
@ApplicationScoped
class PreparationTable {
    private static final String STILL_OURS = "id = $1 and status = 'PREPARING' and ends_as = 'COMPLETED'";

    private final Pool pool;
    private final BatchJson json;
    private final BatchEvents events;

    PreparationTable(Pool pool, BatchJson json, BatchEvents events) {
        this.events = events;
        this.pool = pool;
        this.json = json;
    }

    Uni<Void> insert(UUID id, BatchRequest request, String startedBy, Instant createdAt) {
        return pool
                .preparedQuery(
                        """
                                /* prepare batch */
                                insert into batch (id, status, print_order, on_failure, printer, selection, started_by,
                                                   created_at, total, rejected)
                                values ($1, 'PREPARING', $2, $3, $4, $5, $6, $7, 0, '[]')
                                """)
                .execute(Tuple.tuple()
                        .addUUID(id)
                        .addString(request.printOrder().wireName())
                        .addString(request.onFailure().wireName())
                        .addString(request.printer())
                        .addString(request.filter() == null ? null : json.write(FilterView.of(request.filter())))
                        .addString(startedBy)
                        .addOffsetDateTime(createdAt.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Fails if this preparation has been given up. */
    Uni<Void> giveSignOfLife(SqlClient transaction, UUID id) {
        return transaction.preparedQuery("update batch set counted_at = clock_timestamp() where " + STILL_OURS)
                .execute(Tuple.of(id))
                .invoke(rows -> checkStillOurs(id, rows))
                .replaceWithVoid();
    }

    /** Makes the batch visible, at the end of the line. One without orders is over already. */
    Uni<Void> finish(SqlClient transaction, UUID id, BatchCounts counts, Rejections rejections) {
        BatchStatus status = counts.total() == 0 ? BatchStatus.COMPLETED : BatchStatus.RUNNING;
        return transaction
                .preparedQuery(
                        """
                                update batch
                                set status = $2, line_no = nextval('batch_line'), total = $3, counts = $4, counted_at = clock_timestamp(), rejected = $5,
                                    rejected_total = $6, finished_at = case when $3 = 0 then clock_timestamp() end
                                where %s
                                """
                                .formatted(STILL_OURS))
                .execute(Tuple.of(id, status.name(), counts.total(), json.write(counts),
                        json.write(rejections.named()), rejections.total()))
                .invoke(rows -> checkStillOurs(id, rows))
                .chain(() -> events.tell(transaction, id, status, counts));
    }

    private static void checkStillOurs(UUID id, RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            throw new IllegalStateException("batch " + id + " was given up while it was being prepared");
        }
    }
}
