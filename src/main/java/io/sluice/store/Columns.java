package io.sluice.store;

import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Function;

import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Lays rows out as columns: the parameters of a statement that begins with {@code select … from unnest($1, $2, …)},
 * which costs about half of what a {@code values} list of many rows does.
 *
 * @param <T> a row
 */
public final class Columns<T> {
    private final List<T> rows;
    private final Tuple tuple = Tuple.tuple();

    public Columns(List<T> rows) {
        this.rows = rows;
    }

    /** Adds a column; its values may be null. */
    public <V> Columns<T> add(Class<V> type, Function<T, V> value) {
        @SuppressWarnings("unchecked")
        V[] column = (V[]) Array.newInstance(type, rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        tuple.addValue(column);
        return this;
    }

    public Tuple tuple() {
        return tuple;
    }
}
