package io.sluice.store;

import jakarta.inject.Singleton;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;

/**
 * Has the database remember the plans of long statements too. The client keeps none of over 2,048 characters otherwise,
 * and the hottest are longer: each was parsed and planned anew every time, which took longer than carrying it out.
 */
@Singleton
public class StatementCache implements PgPoolCreator {
    private static final int LONGEST_STATEMENT = 20_000;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT));
        return Pool.pool(input.vertx(), input.pgConnectOptionsList().get(0), input.poolOptions());
    }
}
