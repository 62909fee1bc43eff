package io.sluice.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.Requester;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The row of a batch that is being prepared. It has no place in the line yet, so the batch cannot be seen, and none of
 * its orders starts. The process that prepares it gives a sign of life with every transaction. Without it, {@link
 * BatchWatch} aborts the batch.
 */
@ApplicationScoped
class BatchPreparation {
    /** May lie between two transactions. Each begins and ends with a sign of life, and keeps its row locked. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final Pool pool;
    private final Clock clock;

    BatchPreparation(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Void> begin(UUID batch, BatchRequest request, Requester by) {
        return pool.preparedQuery("""
                /* prepare batch */
                insert into batch (id, status, line_no, print_order, on_failure, printer, selection, started_by,
                                   created_at, total, rejected, count_at, traceparent)
                values ($1, 'PREPARING', null, $2, $3, $4, $5, $6, $7, 0, '[]',
                        clock_timestamp() + $8 * interval '1 millisecond', $9)
                """)
                .execute(Tuple.tuple()
                        .addUUID(batch)
                        .addString(request.printOrder().wireName())
                        .addString(request.onFailure().wireName())
                        .addString(request.printer())
                        .addString(request.filter() == null ? null : BatchJson.write(FilterView.of(request.filter())))
                        .addString(by.name())
                        .addOffsetDateTime(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                        .addLong(SILENCE.toMillis())
                        .addString(by.origin().traceparent()))
                .replaceWithVoid();
    }

    /** Fails if the batch has been given up. */
    Uni<Void> giveSignOfLife(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                update batch set count_at = clock_timestamp() + $2 * interval '1 millisecond'
                where id = $1 and status = 'PREPARING'
                """).execute(Tuple.of(batch, SILENCE.toMillis())).map(rows -> check(batch, rows));
    }

    /**
     * Makes the batch visible, at the end of the line. One whose orders were all rejected is over already. Fails if it
     * has been given up.
     *
     * @param counts how its orders stand, as JSON
     */
    Uni<Void> finish(SqlClient transaction, UUID batch, String counts, Selection selection) {
        return transaction.preparedQuery("""
                /* finish batch */
                update batch b
                set status = case when t.total = 0 then 'COMPLETED' else 'RUNNING' end, line_no = nextval('batch_line'),
                    total = t.total, counts = $2, rejected = $3, rejected_total = $4, counted_at = clock_timestamp(),
                    count_at = clock_timestamp(), finished_at = case when t.total = 0 then clock_timestamp() end
                from json_to_record($2::text::json) as t(total int)
                where b.id = $1 and b.status = 'PREPARING'
                """)
                .execute(Tuple.of(batch, counts, BatchJson.write(selection.rejected()), selection.rejectedTotal()))
                .map(rows -> check(batch, rows));
    }

    private static Void check(UUID batch, RowSet<Row> changed) {
        if (changed.rowCount() == 0) {
            throw new IllegalStateException("batch " + batch + " was given up while it was being prepared");
        }
        return null;
    }
}
