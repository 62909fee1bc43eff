package io.sluice.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.sluice.store.ReasonView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads the orders of a batch: as they stand, or as they stood when they left it. */
@ApplicationScoped
public class BatchItems {
    private final Pool pool;

    BatchItems(Pool pool) {
        this.pool = pool;
    }

    /**
     * One page of the orders of a batch, by position; null if there is no such batch.
     *
     * @param statuses empty for all
     * @param after    the last position of the page before, or 0
     */
    public Uni<BatchItemPage> page(UUID batch, Collection<OrderStatus> statuses, int after, int limit) {
        return pool.preparedQuery("""
                /* batch items */
                select i.*
                from visible_batch b left join lateral (
                    select i.position, i.order_id, o.*,
                           -- A mark is made before the slip is sent; without the slip it means nothing.
                           i.out_of_sequence and i.lanes_passed > 0 as out_of_sequence
                    from batch_item i join order_state s on s.order_id = i.order_id cross join lateral (
                        select s.status, s.step, s.reason_code, s.reason_detail where i.left_status is null
                        union all
                        select i.left_status, i.left_step, i.left_reason_code, i.left_reason_detail
                        where i.left_status is not null) o
                    where i.batch_id = b.id and i.position > $2
                      and (cardinality($3::text[]) = 0 or o.status = any($3))
                    order by i.position limit $4) i on true
                where b.id = $1
                order by i.position
                """)
                .execute(Tuple.of(batch, after, statuses.stream().map(OrderStatus::name).toArray(String[]::new),
                        limit + 1))
                .map(rows -> rows.size() == 0 ? null : page(rows, limit));
    }

    private static BatchItemPage page(Iterable<Row> rows, int limit) {
        List<BatchItemView> items = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("order_id") != null) {
                items.add(view(row));
            }
        }
        return items.size() <= limit
                ? new BatchItemPage(items, null)
                : new BatchItemPage(items.subList(0, limit), Integer.toString(items.get(limit - 1).position()));
    }

    private static BatchItemView view(Row row) {
        return new BatchItemView(row.getInteger("position"), row.getUUID("order_id"),
                OrderStatus.valueOf(row.getString("status")), row.getString("step"),
                ReasonView.of(row.getString("reason_code"), row.getString("reason_detail"), null),
                row.getBoolean("out_of_sequence") ? true : null);
    }
}
