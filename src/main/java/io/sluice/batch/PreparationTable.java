package io.sluice.batch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Batches that are being prepared: nobody sees them, and none of their orders starts. Whoever prepares one gives a sign
 * of life with every transaction; where it fails to come, somebody else marks the batch and undoes it.
 */
@ApplicationScoped
class PreparationTable {
    private static final String STILL_OURS = "id = $1 and status = 'PREPARING' and ends_as = 'COMPLETED'";

    private final Pool pool;
    private final BatchJson json;
    private final BatchEvents events;
    private final HandlingPlan plan;

    PreparationTable(Pool pool, BatchJson json, BatchEvents events, HandlingPlan plan) {
        this.events = events;
        this.pool = pool;
        this.json = json;
        this.plan = plan;
    }

    Uni<Void> insert(UUID id, BatchRequest request, String startedBy, Instant createdAt) {
        return pool
                .preparedQuery(
                        """
                                insert into batch (id, status, print_order, on_failure, selection, started_by, created_at, total, rejected)
                                values ($1, 'PREPARING', $2, $3, $4, $5, $6, 0, '[]')
                                """)
                .execute(Tuple.of(id, request.printOrder().wireName(), request.onFailure().wireName(),
                        request.filter() == null ? null : json.write(FilterView.of(request.filter())), startedBy,
                        createdAt.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Fails if this preparation has been given up, by whomever. */
    Uni<Void> giveSignOfLife(SqlClient transaction, UUID id) {
        return transaction.preparedQuery("update batch set counted_at = clock_timestamp() where " + STILL_OURS)
                .execute(Tuple.of(id))
                .invoke(rows -> checkStillOurs(id, rows))
                .replaceWithVoid();
    }

    /** Has everybody see the batch from now on. One without orders is over already. */
    Uni<Void> finish(SqlClient transaction, UUID id, BatchCounts counts, Rejections rejections) {
        BatchStatus status = counts.total() == 0 ? BatchStatus.COMPLETED : BatchStatus.RUNNING;
        return transaction.preparedQuery("""
                update batch
                set status = $2, total = $3, counts = $4, counted_at = clock_timestamp(), rejected = $5,
                    rejected_total = $6, finished_at = case when $3 = 0 then clock_timestamp() end
                where %s
                """.formatted(STILL_OURS))
                .execute(Tuple.of(id, status.name(), counts.total(), json.write(counts),
                        json.write(rejections.named()), rejections.total()))
                .invoke(rows -> checkStillOurs(id, rows))
                .chain(() -> events.tell(transaction, id, status, counts));
    }

    /** Makes the gates of a batch; each stands at the first order that has it still before it. */
    Uni<Void> makeGates(SqlClient transaction, UUID id) {
        List<Step> steps = plan.orderedSteps();
        return transaction.preparedQuery("""
                insert into batch_gate (batch_id, gate, step, next_rank, open)
                select $1, g.gate, g.step, coalesce(first.rank, 2147483647), first.rank is not null
                from unnest($2::int[], $3::text[]) g(gate, step)
                cross join lateral (select min(i.rank) as rank from batch_item i
                                    where i.batch_id = $1 and i.gates_passed <= g.gate and not i.gave_way) first
                """)
                .execute(Tuple.of(id, IntStream.range(0, steps.size()).boxed().toArray(Integer[]::new),
                        steps.stream().map(Step::wireName).toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static void checkStillOurs(UUID id, RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            throw new IllegalStateException("batch " + id + " was given up while it was being prepared");
        }
    }
}
