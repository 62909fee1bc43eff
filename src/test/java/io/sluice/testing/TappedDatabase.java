package io.sluice.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/** Test connections to the database of the application. Statements can be held back in the middle of a transaction. */
public final class TappedDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Tap tap;
    private final Pool pool;

    public TappedDatabase(Vertx vertx) {
        Config config = ConfigProvider.getConfig();
        PgConnectOptions options = PgConnectOptions
                .fromUri(config.getValue("quarkus.datasource.reactive.url", String.class))
                .setUser(config.getValue("quarkus.datasource.username", String.class));
        tap = new Tap(options.getPort());
        pool = Pool.newInstance(io.vertx.sqlclient.Pool.pool(vertx,
                options.setHost("127.0.0.1").setPort(tap.port()), new PoolOptions()));
    }

    public Pool pool() {
        return pool;
    }

    /** Holds back the next statement that contains {@code words}, and everything after it. */
    public void holdAt(String words) {
        tap.holdAt(words);
    }

    public boolean holds(String words) {
        return tap.holdsBack(words);
    }

    public void awaitHeld(String words) {
        Awaitility.await().atMost(PATIENCE).until(() -> holds(words));
    }

    /** Lets what is held back go on, and holds back the next statement that contains the words. */
    public void releaseHeld() {
        tap.releaseHeld();
    }

    public void release() {
        tap.release();
    }

    @Override
    public void close() {
        tap.release();
        pool.closeAndAwait();
        tap.close();
    }
}
