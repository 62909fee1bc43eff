package io.sluice.batch;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Counts how the orders of batches stand; one that has left its batch counts as it stood then. */
@ApplicationScoped
class BatchCountTable {

    Uni<BatchCounts> count(SqlClient client, UUID batch) {
        return count(client, List.of(batch)).map(counts -> counts.get(batch));
    }

    /** The counts of each of these batches. */
    Uni<Map<UUID, BatchCounts>> count(SqlClient client, Collection<UUID> batches) {
        return client.preparedQuery("""
                select batch_id, status, count(*) from order_state where batch_id = any($1) group by batch_id, status
                union all
                select batch_id, left_status, count(*) from batch_item
                where batch_id = any($1) and left_status is not null group by batch_id, left_status
                """).execute(Tuple.of(batches.toArray(UUID[]::new))).map(rows -> {
            Map<UUID, Map<OrderStatus, Integer>> found = new HashMap<>();
            batches.forEach(batch -> found.put(batch, new EnumMap<>(OrderStatus.class)));
            for (Row row : rows) {
                found.get(row.getUUID(0)).merge(OrderStatus.valueOf(row.getString(1)), row.getInteger(2), Integer::sum);
            }
            Map<UUID, BatchCounts> counts = new HashMap<>();
            found.forEach((batch, orders) -> counts.put(batch, BatchCounts.of(orders)));
            return counts;
        });
    }
}
