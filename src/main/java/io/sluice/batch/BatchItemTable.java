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
class BatchItemTable {
    private final Pool pool;

    BatchItemTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * One page, or null if there is no such batch.
     *
     * @param statuses empty for all
     * @param after    the last position of the page before, or 0
     */
    Uni<BatchItemPage> page(UUID batch, Collection<OrderStatus> statuses, int after, int limit) {
        return pool
                .preparedQuery(
                        """
                                select b.id, i.position, i.order_id, i.out_of_sequence, i.status, i.step, i.reason_code, i.reason_detail
                                from batch b left join lateral (
                                    select i.position, i.order_id, i.out_of_sequence, coalesce(i.left_status, s.status) as status,
                                           case when i.left_status is null then s.step else i.left_step end as step,
                                           case when i.left_status is null then s.reason_code else i.left_reason_code end as reason_code,
                                           case when i.left_status is null then s.reason_detail else i.left_reason_detail end
                                               as reason_detail
                                    from batch_item i join order_state s on s.order_id = i.order_id
                                    where i.batch_id = b.id and i.position > $2
                                      and (cardinality($3::text[]) = 0 or coalesce(i.left_status, s.status) = any($3))
                                    order by i.position limit $4) i on true
                                where b.id = $1 and b.status <> 'PREPARING'
                                order by i.position
                                """)
                .execute(Tuple.of(batch, after, statuses.stream().map(OrderStatus::name).toArray(String[]::new),
                        limit + 1))
                .map(rows -> rows.size() == 0 ? null : page(rows, limit));
    }

    private static BatchItemPage page(Iterable<Row> rows, int limit) {
        List<BatchItemView> items = new ArrayList<>();
        for (Row row : rows) {
            if (row.getInteger(1) != null) {
                items.add(view(row));
            }
        }
        return items.size() <= limit
                ? new BatchItemPage(items, null)
                : new BatchItemPage(items.subList(0, limit), Integer.toString(items.get(limit - 1).position()));
    }

    private static BatchItemView view(Row row) {
        String reason = row.getString(6);
        return new BatchItemView(row.getInteger(1), row.getUUID(2), OrderStatus.valueOf(row.getString(4)),
                row.getString(5), reason == null ? null : new ReasonView(reason, row.getString(7), null),
                row.getBoolean(3) ? true : null);
    }
}
