package io.sluice.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.Utils;
import io.vertx.sqlclient.spi.ConnectionFactory;

/** Settings of the connection pool for which Quarkus has no configuration keys, or several. */
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

    /** Parameters of a session, which a pooler refuses. PostgreSQL's own default of the first one is precise enough. */
    private static final Set<String> NOT_FOR_POOLERS = Set.of("extra_float_digits",
            "idle_in_transaction_session_timeout");

    private final Optional<Pooler> pooler;
    private final Optional<Path> caFile;
    private final Optional<Path> passwordFile;

    PoolSetup(@ConfigProperty(name = "sluice.database.pooler") Optional<Pooler> pooler,
            @ConfigProperty(name = "sluice.database.ca-file") Optional<Path> caFile,
            @ConfigProperty(name = "sluice.database.password-file") Optional<Path> passwordFile) {
        this.pooler = pooler;
        this.caFile = caFile;
        this.passwordFile = passwordFile;
    }

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(this::configure);
        // Without a timeout of the pool's own: if a connection is refused, its timer throws IllegalStateException later
        // (https://github.com/eclipse-vertx/vertx-sql-client/issues/1706).
        input.poolOptions()
                .setIdleTimeout(UNUSED_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setConnectionTimeout(0);
        return new QuietDriver().createPool(input.vertx(), servers(input), input.poolOptions());
    }

    private void configure(PgConnectOptions options) {
        options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT)
                .setIdleTimeout(SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        caFile.ifPresent(file -> options.setSslMode(SslMode.VERIFY_FULL)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        if (pooler.isPresent()) {
            options.getProperties().keySet().removeAll(NOT_FOR_POOLERS);
        }
        if (sharesSessions()) {
            // A statement is then parsed, bound and executed in one message. In two, the second one may come to another
            // session, and execute the statement that another client has parsed there.
            options.setCachePreparedStatements(false).setUseLayer7Proxy(true);
        }
    }

    private boolean sharesSessions() {
        return pooler.filter(Pooler.TRANSACTION::equals).isPresent();
    }

    /** Where each new connection leads. The password is read for each, so that it can be changed at any time. */
    private Supplier<Future<PgConnectOptions>> servers(Input input) {
        Supplier<Future<PgConnectOptions>> servers = Utils.roundRobinSupplier(input.pgConnectOptionsList());
        return passwordFile.<Supplier<Future<PgConnectOptions>>>map(file -> () -> servers.get()
                .compose(server -> input.vertx()
                        .executeBlocking(() -> new PgConnectOptions(server)
                                .setUseLayer7Proxy(sharesSessions()) // The constructor does not copy it.
                                .setPassword(SecretFile.read(file)), false)))
                .orElse(servers);
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
