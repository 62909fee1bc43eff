package io.sluice.batch;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Counts how the orders of a batch stand; one that has left it counts as it stood then. */
@ApplicationScoped
class BatchCountTable {

    Uni<BatchCounts> count(SqlClient client, UUID batch) {
        return client.preparedQuery("""
                select status, count(*) from order_state where batch_id = $1 group by status
                union all
                select left_status, count(*) from batch_item
                where batch_id = $1 and left_status is not null group by left_status
                """).execute(Tuple.of(batch)).map(rows -> {
            Map<OrderStatus, Integer> counts = new EnumMap<>(OrderStatus.class);
            for (Row row : rows) {
                counts.merge(OrderStatus.valueOf(row.getString(0)), row.getInteger(1), Integer::sum);
            }
            return BatchCounts.of(counts);
        });
    }
}
