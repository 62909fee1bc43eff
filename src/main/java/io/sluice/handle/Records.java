package io.sluice.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.handle.ArrivalTable.Arrival;
import io.sluice.handle.ArrivalTable.Fate;
import io.sluice.order.Decision;
import io.sluice.store.GroupWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;

/** Records attempts in groups; where a batch's gate is concerned, the cursor moves in the same transaction. */
@ApplicationScoped
class Records {
    private static final Logger LOG = Logger.getLogger(Records.class);
    private static final int MAX_GROUP = 500;

    private final Pool pool;
    private final RecordTable records;
    private final GateTable table;
    private final ArrivalTable arrivals;
    private final WakeTable wakes;
    private final Gates gates;
    private final ClaimTable claims;
    private final GroupWriter<StepRecord, Recorded> plain = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE,
            this::writePlain);
    /** Apart from the others, for which no slip should wait. */
    private final GroupWriter<StepRecord, Recorded> gated = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE,
            this::writeGated);

    Records(Pool pool, RecordTable records, GateTable table, ArrivalTable arrivals, WakeTable wakes, Gates gates,
            ClaimTable claims) {
        this.pool = pool;
        this.records = records;
        this.table = table;
        this.arrivals = arrivals;
        this.wakes = wakes;
        this.gates = gates;
        this.claims = claims;
    }

    /** Writes an attempt and what follows; completes after the commit. */
    Uni<Recorded> record(StepRecord record) {
        return (table.concerns(record) ? gated : plain).submit(record);
    }

    /** Whether recording may wake another order, for which the worker should keep a slot. */
    boolean mayWake(Claim claim, Decision decision) {
        return table.concerns(new StepRecord(claim, decision, null, null, false, false));
    }

    private Uni<List<Recorded>> writePlain(List<StepRecord> group) {
        return records.write(pool, group);
    }

    /**
     * One transaction a batch: one that waited for the gates of a second batch could write under an older transaction id than
     * one that began, and ended, meanwhile.
     */
    private Uni<List<Recorded>> writeGated(List<StepRecord> group) {
        Map<UUID, List<StepRecord>> parts = group.stream()
                .collect(Collectors.groupingBy(StepRecord::batch, LinkedHashMap::new, Collectors.toList()));
        Map<StepRecord, Recorded> results = new IdentityHashMap<>();
        return inTurn(parts.entrySet(), part -> write(part.getKey(), part.getValue()).invoke(written -> {
            for (int i = 0; i < written.size(); i++) {
                results.put(part.getValue().get(i), written.get(i));
            }
        }).replaceWithVoid()).map(done -> group.stream().map(results::get).toList());
    }

    private Uni<List<Recorded>> write(UUID batch, List<StepRecord> part) {
        return pool.withTransaction(transaction -> moveGates(transaction, batch, part))
                .invoke(this::haveTheNextGoOn)
                .map(Moved::results);
    }

    /** For a batch whose turn has come; its own orders do not wait for that. */
    private void haveTheNextGoOn(Moved moved) {
        gates.next(moved.closed()).subscribe().with(done -> {
        }, failure -> LOG.debugf("The next batch is not told of its turn: %s", failure));
    }

    /**
     * Between two slips lies just this. So the statements that can do without one another's answers are sent together; they
     * are carried out one after the other, the lock first.
     */
    private Uni<Moved> moveGates(SqlClient transaction, UUID batch, List<StepRecord> part) {
        List<StepRecord> passing = part.stream().filter(table::passes).toList();
        List<StepRecord> arriving = part.stream().filter(table::stopsAtGate).toList();
        return Uni.combine()
                .all()
                .unis(table.lock(transaction, batch),
                        records.write(transaction, part),
                        passing.isEmpty() ? nothing() : table.pass(transaction, batch, passing),
                        passing.isEmpty() ? Records.<String>none() : table.moveCursors(transaction, batch),
                        arriving.isEmpty()
                                ? Uni.createFrom().item(Map.<UUID, Boolean>of())
                                : arrivals.park(transaction, batch, arriving))
                .asTuple()
                .chain(done -> {
                    List<Recorded> results = new ArrayList<>(done.getItem2());
                    Moved moved = new Moved(results, done.getItem4());
                    List<Integer> written = IntStream.range(0, part.size())
                            .filter(i -> results.get(i).written())
                            .boxed()
                            .toList();
                    Uni<Void> arrived = arrive(transaction, part, results, written, done.getItem5());
                    return (written.isEmpty() || passing.isEmpty()
                            ? arrived
                            : arrived.chain(() -> wake(transaction, batch, part, results, written))).replaceWith(moved);
                });
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }

    private static <T> Uni<List<T>> none() {
        return Uni.createFrom().item(List.of());
    }

    /** Most have to wait, and were parked together; the others are looked at one by one. */
    private Uni<Void> arrive(SqlClient transaction, List<StepRecord> part, List<Recorded> results,
            List<Integer> written, Map<UUID, Boolean> parked) {
        return inTurn(written.stream()
                .filter(i -> table.stopsAtGate(part.get(i)) && !results.get(i).parked())
                .toList(),
                i -> arrival(transaction, part.get(i), parked)
                        .invoke(arrival -> results.set(i, results.get(i).at(arrival)))
                        .replaceWithVoid());
    }

    private Uni<Arrival> arrival(SqlClient transaction, StepRecord record, Map<UUID, Boolean> parked) {
        Boolean late = parked.get(record.orderId());
        return late == null
                ? arrivals.arrive(transaction, record.claim(), record.next().get(), Trial.NONE)
                : Uni.createFrom().item(new Arrival(Fate.PARKED, late));
    }

    private Uni<Void> wake(SqlClient transaction, UUID batch, List<StepRecord> part, List<Recorded> results,
            List<Integer> written) {
        return Uni.combine()
                .all()
                .unis(wakes.heads(transaction, batch), wakes.mayStart(transaction, batch))
                .asTuple()
                .chain(found -> take(transaction, part, results, written, found.getItem1()).chain(left -> {
                    List<UUID> woken = new ArrayList<>(left);
                    woken.addAll(found.getItem2());
                    if (woken.isEmpty()) {
                        return nothing();
                    }
                    results.set(written.get(0), results.get(written.get(0)).waking(woken));
                    return wakes.release(transaction, woken);
                }));
    }

    /**
     * Takes the first order whose turn has come, for a worker that has just had the partner's yes and kept a slot.
     *
     * @return the others: they ask at the gate
     */
    private Uni<List<UUID>> take(SqlClient transaction, List<StepRecord> part, List<Recorded> results,
            List<Integer> written, List<UUID> heads) {
        Optional<Integer> slot = written.stream().filter(i -> part.get(i).takeNext() && part.get(i).done()).findFirst();
        if (heads.isEmpty() || slot.isEmpty()) {
            return Uni.createFrom().item(heads);
        }
        return claims.claimAtGate(transaction, heads.get(0), part.get(slot.get()).step())
                .invoke(taken -> taken
                        .forEach(claim -> results.set(slot.get(), results.get(slot.get()).taking(claim))))
                .map(taken -> taken.isEmpty() ? heads : heads.subList(1, heads.size()));
    }

    private static <T> Uni<Void> inTurn(Collection<T> items, Function<T, Uni<Void>> action) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(action::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @param closed the steps whose gate nobody of the batch waits for any more */
    private record Moved(List<Recorded> results, List<String> closed) {}
}
