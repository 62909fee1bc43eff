package io.sluice.handle;

import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;
import io.sluice.process.Role;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Looks after the gates again and again: has orders give way that are DELAYED for too long, keeps batches going that have
 * no gate, and mends what a process that died has left undone. Any worker may; the gates' locks keep them apart.
 */
@ApplicationScoped
class GateWatch {
    private static final Logger LOG = Logger.getLogger(GateWatch.class);
    private static final long LOOK_MS = 250;
    /** Every so many looks, every gate is looked after, whether anything is wrong with it or not. */
    private static final int MEND_EVERY = 20;
    /** Of an order {@code s} and its item {@code i}; nobody waits for a slip that comes late anyway. */
    private static final String HOLDS_TOO_LONG = "s.status = 'DELAYED' and (i.late or %s)"
            .formatted(GateTable.delayedTooLong("$1"));
    /** The batches where the order whose turn it is holds a gate for too long. */
    private static final String HELD_UP = """
            select distinct g.batch_id
            from batch_gate g join batch b on b.id = g.batch_id and b.status = 'RUNNING'
                 join batch_item i on i.batch_id = g.batch_id and i.rank = g.next_rank
                 join order_state s on s.batch_id = i.batch_id and s.rank = i.rank
            where %s and %s
            """.formatted(GateTable.IN_TURN, HOLDS_TOO_LONG);

    private final Gates gates;
    private final GateTable table;
    private final HandlingPlan plan;
    private final HandlingConfig config;
    private final Pool pool;
    private final Vertx vertx;
    private final SupervisedTask watch = new SupervisedTask(LOG, "The gates cannot be looked after");
    private boolean looking;
    private int looks;
    private volatile boolean stopped;

    GateWatch(Gates gates, GateTable table, HandlingPlan plan, HandlingConfig config, Pool pool, Vertx vertx) {
        this.gates = gates;
        this.table = table;
        this.plan = plan;
        this.config = config;
        this.pool = pool;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event, Role role) {
        if (role.works()) {
            fitToPlan().await().indefinitely();
            var context = vertx.getOrCreateContext();
            vertx.setPeriodic(LOOK_MS, ignored -> context.runOnContext(now -> look()));
        }
    }

    void leave(@Observes ShutdownStarted event) {
        stopped = true;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Gates of steps that the plan has no more must hold nobody up; those of older versions have no name yet. */
    private Uni<Void> fitToPlan() {
        return pool.preparedQuery("""
                update batch_gate set step = coalesce(step, ($1::text[])[gate + 1]),
                       open = coalesce(coalesce(step, ($1::text[])[gate + 1]) = any($1), false)
                where open and (step is null or step <> all($1))
                """).execute(Tuple.of((Object) orderedSteps())).replaceWithVoid();
    }

    private void look() {
        if (looking || stopped) {
            return;
        }
        looking = true;
        boolean mend = ++looks % MEND_EVERY == 0;
        watch.attempt(patience()
                .chain(this::keepGoing)
                .chain(() -> mend ? mend() : Uni.createFrom().voidItem()))
                .subscribe()
                .with(done -> looking = false);
    }

    /**
     * Where the order whose turn it is holds the gate for too long, all of the batch that do give way. It is asked again with
     * the gates locked: by then a worker may have it, and those that are brought back with it must not give way behind it.
     */
    private Uni<Void> patience() {
        long patience = config.gatePatience().toMillis();
        return each(HELD_UP, Tuple.of(patience), batch -> gates.change(batch,
                transaction -> transaction.preparedQuery("""
                        update batch_item i set gave_way = true from order_state s
                        where i.batch_id = $2 and s.batch_id = $2 and s.rank = i.rank and not i.gave_way and %s
                          and $2 in (%s)
                        """.formatted(HOLDS_TOO_LONG, HELD_UP))
                        .execute(Tuple.of(patience, batch))
                        .chain(() -> table.moveCursors(transaction, batch))));
    }

    /** Batches without an open gate: nobody else lets more of their orders go. */
    private Uni<Void> keepGoing() {
        return each("""
                select b.id from batch b
                where b.status = 'RUNNING' and b.finished_at is null
                  and not exists (select from batch_gate g where g.batch_id = b.id and g.open)
                  and exists (select from order_state s where s.batch_id = b.id and s.parked)
                """, Tuple.tuple(), gates::wake);
    }

    /** Ordinarily nothing is to be mended; but who cancels an order or closes a gate may die right after it. */
    private Uni<Void> mend() {
        return each("select id from batch where status = 'RUNNING' and finished_at is null", Tuple.tuple(),
                batch -> gates.change(batch,
                        transaction -> transaction.preparedQuery("""
                                update batch_item i set gave_way = true
                                from batch_gate g join batch b on b.id = g.batch_id, order_state s
                                where g.batch_id = $1 and i.batch_id = g.batch_id and i.rank = g.next_rank
                                  and s.order_id = i.order_id
                                  and (s.batch_id is distinct from i.batch_id or s.status in ('CANCELLED', 'HANDLED')
                                       or s.status = 'FAILED' and b.on_failure = 'skip')
                                """).execute(Tuple.of(batch)).chain(() -> table.moveCursors(transaction, batch))));
    }

    private Uni<Void> each(String query, Tuple parameters, Function<UUID, Uni<Void>> action) {
        return pool.preparedQuery(query)
                .execute(parameters)
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(row -> action.apply(row.getUUID(0)))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private String[] orderedSteps() {
        return plan.orderedSteps().stream().map(Step::wireName).toArray(String[]::new);
    }
}
