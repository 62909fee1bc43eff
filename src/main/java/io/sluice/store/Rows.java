package io.sluice.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Reads what a statement returned. */
public final class Rows {
    private Rows() {}

    /** What {@code read} makes of each row, in their sequence. */
    public static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }

    /** What {@code read} makes of the only row, if there is one. */
    public static <T> Optional<T> one(RowSet<Row> rows, Function<Row, T> read) {
        return rows.rowCount() == 0 ? Optional.empty() : Optional.of(read.apply(rows.iterator().next()));
    }

    /** The time in a column that may be null. */
    public static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
