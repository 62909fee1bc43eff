package io.sluice.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Knows whether the database takes writes. It writes once a second, through the pool that everything else uses: a
 * database that is read-only, frozen or has a full disk still answers {@code select 1}. Two failures in a row begin an
 * outage, or five seconds without an answer; two successes in a row end it. Each is one line in the log.
 */
@ApplicationScoped
public class DatabaseWatch {
    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);
    private static final long PERIOD_MS = 1_000;
    private static final long PATIENCE_MS = 5_000;
    /** A timer that is later than that says that this process was held up, not the database. */
    private static final long LATE_MS = 1_000;
    private static final int FIRST = 1;

    /**
     * An update of a row needs no further disk space. So the probe also sorts 800 kB in 64 kB of memory, which writes a
     * temporary file. The statements are one transaction, because they are sent as one.
     */
    private static final String PROBE = """
            /* probe */
            set local work_mem = '64kB';
            update write_probe set probed_at = now();
            select count(padding) from (select repeat('x', 8000) || n as padding from generate_series(1, 100) n
                                        order by n desc offset 0) as sorted
            """;

    private final Pool pool;
    private final Vertx vertx;
    private final Set<UniEmitter<?>> waiting = ConcurrentHashMap.newKeySet();
    private long timer;
    private long patience;
    private boolean probing;
    /** Whether the last probe had another result than those before it, which the next one has to confirm. */
    private boolean doubtful;
    private volatile Outage outage;
    private volatile boolean stopped;

    DatabaseWatch(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        timer = vertx.setPeriodic(PERIOD_MS, tick -> probe());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** Why the database takes no writes; empty while it does. */
    public Optional<String> outage() {
        Outage now = outage;
        return now == null ? Optional.empty() : Optional.of(now.reason());
    }

    /** @throws DatabaseOutageException during an outage */
    public void check() {
        Outage now = outage;
        if (now != null) {
            throw new DatabaseOutageException(now.reason());
        }
    }

    /**
     * Waits for work that needs the database: fails with {@link DatabaseOutageException} during an outage, or when one
     * begins. The work itself goes on, because a statement must not be cancelled halfway.
     */
    public <T> Uni<T> unlessOutage(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            waiting.add(emitter);
            emitter.onTermination(() -> waiting.remove(emitter));
            Outage now = outage;
            if (now == null) {
                work.subscribe().with(emitter::complete, emitter::fail);
            } else {
                emitter.fail(new DatabaseOutageException(now.reason()));
            }
        });
    }

    /** One probe at a time, even if it takes longer than its patience: each would occupy a connection. */
    private void probe() {
        if (probing) {
            return;
        }
        probing = true;
        awaitAnswer();
        pool.query(PROBE)
                .execute()
                .onTermination()
                .invoke(() -> {
                    probing = false;
                    vertx.cancelTimer(patience);
                })
                .subscribe()
                .with(done -> succeeded(), this::failed);
    }

    private void awaitAnswer() {
        long start = System.nanoTime();
        patience = vertx.setTimer(PATIENCE_MS, fired -> {
            if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS + LATE_MS)) {
                awaitAnswer();
            } else {
                failed("no answer for %d s".formatted(PATIENCE_MS / 1000));
            }
        });
    }

    /** A single lost connection is no outage. The second failure also tells the reason: a lost connection has none. */
    private void failed(Throwable failure) {
        if (outage == null && !doubtful) {
            doubtful = true;
            probe();
        } else {
            failed(DatabaseFailures.reason(failure));
        }
    }

    /** When a frozen database continues, the pool still hands out connections that died meanwhile, for a moment. */
    private void succeeded() {
        Throwable unreported = DatabaseFailures.takeUnreported();
        if (outage != null && !doubtful) {
            doubtful = true;
            return;
        }
        doubtful = false;
        if (outage != null) {
            LOG.infof("The database takes writes again, after %d s",
                    Duration.between(outage.since(), Instant.now()).toSeconds());
            outage = null;
            DatabaseFailures.outage(false);
        } else if (unreported != null) {
            LOG.warnf("The database refused statements (%s), and takes writes", DatabaseFailures.reason(unreported));
        }
    }

    private void failed(String reason) {
        doubtful = false;
        if (stopped) {
            return;
        }
        if (outage == null) {
            LOG.warnf("The database takes no writes (%s). Requests are answered with 503 until it does.", reason);
            DatabaseFailures.outage(true);
        }
        outage = new Outage(reason, outage == null ? Instant.now() : outage.since());
        waiting.forEach(emitter -> emitter.fail(new DatabaseOutageException(reason)));
    }

    private record Outage(String reason, Instant since) {}
}
