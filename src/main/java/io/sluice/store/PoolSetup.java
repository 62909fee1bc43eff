package io.sluice.store;

import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.spi.ConnectionFactory;

/** Settings of the connection pool that have no configuration keys. */
@Singleton
public class PoolSetup implements PgPoolCreator {
    private static final Logger LOG = Logger.getLogger(PoolSetup.class);
    /**
     * The client does not remember the plans of statements over 2,048 characters by default, and the most frequent ones
     * are longer. Parsing and planning them anew took longer than executing them.
     */
    private static final int LONGEST_STATEMENT = 20_000;
    /**
     * A connection on which nothing was sent or received for so long is closed: its server is frozen or unreachable,
     * and TCP would take a quarter of an hour to notice. No statement of ours takes as long.
     */
    private static final int SILENCE_SECONDS = 20;
    /** Unused connections leave the pool well before that. */
    private static final int UNUSED_SECONDS = 10;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(options -> options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT)
                        .setIdleTimeout(SILENCE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS));
        // Without a timeout of the pool's own: if a connection is refused, its timer throws IllegalStateException later
        // (https://github.com/eclipse-vertx/vertx-sql-client/issues/1706).
        input.poolOptions()
                .setIdleTimeout(UNUSED_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setConnectionTimeout(0);
        return new QuietDriver().createPool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions());
    }

    /**
     * The client prints the stack trace of a connection that breaks while it is in use, unless it has a handler. The
     * statement that was using it fails anyway, and {@link DatabaseWatch} reports the outage.
     */
    private static final class QuietDriver extends PgDriver {
        @Override
        public SqlConnectionInternal wrapConnection(ContextInternal context, ConnectionFactory factory,
                Connection connection) {
            SqlConnectionInternal wrapped = super.wrapConnection(context, factory, connection);
            wrapped.exceptionHandler(broken -> LOG.debugf(broken, "A connection to the database broke"));
            return wrapped;
        }
    }
}
