package io.sluice.packingslip;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderContent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads the content of sheets from the database. */
@ApplicationScoped
class SheetTable {
    private static final String COLUMNS = """
            o.id, o.channel, o.external_id, o.placed_at, o.content, b.total
            """;
    private static final String OF_ORDER = "select " + COLUMNS
            + """
                    , s.status, s.reason_detail, s.position, coalesce(i.out_of_sequence, false) as out_of_sequence,
                        false as left_it
                    from orders o join order_state s on s.order_id = o.id left join batch b on b.id = s.batch_id
                         left join batch_item i on i.batch_id = s.batch_id and i.position = s.position
                    where o.id = $1
                    """;
    private static final String AFTER = "select " + COLUMNS + """
            , i.position, i.out_of_sequence
            from batch_item i join batch b on b.id = i.batch_id and b.print_order <> 'any'
                 join orders o on o.id = i.order_id
            where i.batch_id = $1 and i.left_status is null
              and i.printer = (select printer from batch_item where batch_id = $1 and position = $2)
              and i.rank > (select rank from batch_item where batch_id = $1 and position = $2)
            order by i.rank limit 1
            """;
    private static final String OF_BATCH = "select " + COLUMNS
            + """
                    , coalesce(i.left_status, s.status) as status, i.position, i.out_of_sequence,
                        i.left_status is not null as left_it,
                    case when i.left_status is null then s.reason_detail else i.left_reason_detail end as reason_detail
                    from batch_item i join batch b on b.id = i.batch_id join orders o on o.id = i.order_id
                         join order_state s on s.order_id = i.order_id
                    where i.batch_id = $1 and i.position between $2 and $3
                    order by i.position
                    """;

    private final Pool pool;

    SheetTable(Pool pool) {
        this.pool = pool;
    }

    /** The batch fields needed for printing. */
    record Batch(UUID id, int total, boolean reversed) {}

    /** The batch with this id, or null. */
    Uni<Batch> batch(UUID id) {
        return pool.preparedQuery("select total, print_order from visible_batch where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> {
                    Batch found = null;
                    for (Row row : rows) {
                        found = new Batch(id, row.getInteger(0), row.getString(1).equals("reversed"));
                    }
                    return found;
                });
    }

    /** The slip of an order in any status; null if there is no such order. */
    Uni<Slip> slip(UUID orderId) {
        return pool.preparedQuery(OF_ORDER).execute(Tuple.of(orderId)).map(rows -> {
            Slip found = null;
            for (Row row : rows) {
                found = slip(row);
            }
            return found;
        });
    }

    /** The slip printed after a position; null if there is none, or if the batch has no print order. */
    Uni<Slip> slipAfter(UUID batchId, int position) {
        return pool.preparedQuery(AFTER).execute(Tuple.of(batchId, position)).map(rows -> {
            Slip found = null;
            for (Row row : rows) {
                found = slip(row);
            }
            return found;
        });
    }

    /** The sheets of the positions {@code first} to {@code last}, in ascending order. */
    Uni<List<Sheet>> sheets(UUID batchId, int first, int last) {
        return pool.preparedQuery(OF_BATCH).execute(Tuple.of(batchId, first, last)).map(rows -> {
            List<Sheet> sheets = new ArrayList<>(rows.size());
            for (Row row : rows) {
                sheets.add(switch (OrderStatus.valueOf(row.getString("status"))) {
                    case FAILED -> marker(row, "Failed");
                    case CANCELLED -> marker(row, "Cancelled");
                    // The batch ended before this order was handled.
                    case RECEIVED -> row.getBoolean("left_it") ? marker(row, "Not handled") : slip(row);
                    case QUEUED, HANDLING, DELAYED, HANDLED -> slip(row);
                });
            }
            return sheets;
        });
    }

    private static Slip slip(Row row) {
        OrderContent content = OrderContent.parse(row.getString("content"));
        return new Slip(row.getUUID("id"), row.getString("channel"), row.getString("external_id"),
                row.getOffsetDateTime("placed_at").toInstant(), content.shipTo(), Slip.lines(content.lines()),
                content.note(), place(row), row.getBoolean("out_of_sequence"));
    }

    private static MarkerSheet marker(Row row, String status) {
        return new MarkerSheet(row.getUUID("id"), row.getString("channel"), row.getString("external_id"), place(row),
                status,
                row.getString("reason_detail"));
    }

    private static Place place(Row row) {
        return row.getInteger("total") == null
                ? null
                : new Place(row.getInteger("position"), row.getInteger("total"));
    }
}
