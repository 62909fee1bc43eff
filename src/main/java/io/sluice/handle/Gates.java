package io.sluice.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.handle.ArrivalTable.Arrival;
import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * What others than a step that ends may do to the gates of a batch. Methods that take a transaction expect the batch's gates
 * to be locked in it, by {@link #lock}, before any of its orders is; what they return goes to {@link #woken} after the commit.
 */
@ApplicationScoped
public class Gates {
    private static final Logger LOG = Logger.getLogger(Gates.class);

    private final GateTable table;
    private final ArrivalTable arrivals;
    private final WakeTable wakes;
    private final ClaimTable claims;
    private final Relay relay;
    private final HandlingPlan plan;
    private final Pool pool;

    Gates(GateTable table, ArrivalTable arrivals, WakeTable wakes, ClaimTable claims, Relay relay, HandlingPlan plan,
            Pool pool) {
        this.claims = claims;
        this.plan = plan;
        this.table = table;
        this.arrivals = arrivals;
        this.wakes = wakes;
        this.relay = relay;
        this.pool = pool;
    }

    /** Locks the gates of a batch until the transaction ends. */
    public Uni<Void> lock(SqlClient transaction, UUID batch) {
        return table.lock(transaction, batch);
    }

    /** Needed before gates are made: turns are drawn one after the other. */
    public Uni<Void> lockLine(SqlClient transaction) {
        return table.lockLine(transaction);
    }

    /** Lets those parked orders of a running batch go that may go on now. */
    public Uni<List<OutboxRow>> wake(SqlClient transaction, UUID batch) {
        return wakes.heads(transaction, batch).chain(heads -> wakes.mayStart(transaction, batch).chain(others -> {
            List<UUID> orders = new ArrayList<>(heads);
            orders.addAll(others);
            return wakes.send(transaction, orders);
        }));
    }

    /**
     * Tells workers of orders that were let go; call it after the commit. A gate that was ahead in the line may have been
     * done with meanwhile, by somebody who could not see this one yet.
     */
    public void woken(List<OutboxRow> messages) {
        relay.sendSoon(messages);
        next(plan.orderedSteps().stream().map(Step::wireName).toList()).subscribe().with(done -> {
        }, failure -> LOG.debugf("Gates are looked after a little later: %s", failure));
    }

    /** Takes orders that had given way back into the sequence, at their old places: see {@link GateTable#rejoin}. */
    public Uni<Void> rejoin(SqlClient transaction, UUID batch, Collection<Integer> ranks) {
        return table.rejoin(transaction, batch, ranks);
    }

    /** Has an order of a batch hold nobody up any more. Completes after the commit. */
    public Uni<Void> giveWay(UUID batch, UUID order) {
        return change(batch, transaction -> table.giveWay(transaction, batch, order));
    }

    /** Moves the cursors of a batch on, where orders of it have given way, and wakes who may go on. */
    public Uni<Void> refresh(UUID batch) {
        return change(batch, transaction -> table.moveCursors(transaction, batch));
    }

    /**
     * Closes the gates of a batch that is to end before its time, but for one that an order is just going through: the next
     * batch must not begin before that order's slip is out. Call it again until none is open.
     *
     * @return the steps whose gate was closed
     */
    public Uni<List<String>> close(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                update batch_gate g set open = false
                where g.batch_id = $1 and g.open
                  and exists (select from batch b where b.id = $1 and b.status <> 'RUNNING')
                  and not exists (select from order_state s
                                  where s.batch_id = $1 and s.status = 'HANDLING' and not s.parked
                                    and s.worker is not null and coalesce(s.step, $2) = g.step)
                returning g.step
                """).execute(Tuple.of(batch, plan.first().wireName())).map(rows -> {
            List<String> steps = new ArrayList<>();
            rows.forEach(row -> steps.add(row.getString(0)));
            return steps;
        });
    }

    /**
     * Has the next batches in line go on where a gate was done with. Not in the transaction that was done with it: that
     * would lock the gates of two batches. Were it never to happen, a sweep would see to it.
     */
    public Uni<Void> next(Collection<String> steps) {
        return steps.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery("""
                        select distinct g.batch_id from batch_gate g where g.step = any($1) and %s
                        """.formatted(GateTable.IN_TURN))
                        .execute(Tuple.of(steps.toArray(String[]::new)))
                        .chain(rows -> Multi.createFrom()
                                .iterable(rows)
                                .onItem()
                                .transformToUniAndConcatenate(row -> wake(row.getUUID(0)))
                                .collect()
                                .last())
                        .replaceWithVoid();
    }

    /** Lets those parked orders of a running batch go that may go on now. */
    Uni<Void> wake(UUID batch) {
        return pool.withTransaction(transaction -> lock(transaction, batch).chain(() -> wake(transaction, batch)))
                .invoke(relay::sendSoon)
                .replaceWithVoid();
    }

    /**
     * An order that a worker has taken is about to begin an ordered step.
     *
     * @param trial whether the step's partner, which is down, is to be tried with it
     */
    Uni<Arrival> enter(Claim claim, Trial trial) {
        return pool.withTransaction(transaction -> lock(transaction, claim.place().batch())
                .chain(() -> arrivals.arrive(transaction, claim, claim.state().step(), trial)));
    }

    /**
     * Claims the order that comes next at a gate that this one has gone through, although that is not recorded yet: only who
     * has the partner's answer may call this. All statements are sent together, as none needs another's answer.
     *
     * @return null if none waits there
     */
    Uni<Claim> takeNext(Claim passed) {
        return pool.withConnection(connection -> Uni.combine()
                .all()
                .unis(connection.query("begin").execute(),
                        lock(connection, passed.place().batch()),
                        claims.claimBehind(connection, passed),
                        connection.query("commit").execute())
                .asTuple()
                .map(done -> done.getItem3().isEmpty() ? null : done.getItem3().get(0)));
    }

    /** Changes something that may close gates or move cursors, and wakes who may go on. */
    Uni<Void> change(UUID batch, Function<SqlClient, Uni<List<String>>> change) {
        return pool.withTransaction(transaction -> lock(transaction, batch)
                .chain(() -> change.apply(transaction))
                .chain(closed -> wake(transaction, batch).map(messages -> new Changed(closed, messages))))
                .invoke(changed -> relay.sendSoon(changed.messages()))
                .chain(changed -> next(changed.closed()));
    }

    private record Changed(List<String> closed, List<OutboxRow> messages) {}
}
