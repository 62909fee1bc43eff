package io.sluice.store;

import java.util.function.Function;

import io.vertx.mutiny.sqlclient.Tuple;

/** Collects the parameters of a statement; gives the placeholder of each. */
final class SqlParameters implements Function<Object, String> {
    private final Tuple tuple = Tuple.tuple();

    @Override
    public String apply(Object value) {
        return "$" + tuple.addValue(value).size();
    }

    Tuple tuple() {
        return tuple;
    }
}
