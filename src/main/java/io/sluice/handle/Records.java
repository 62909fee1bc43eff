package io.sluice.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Decision;
import io.sluice.store.GroupWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;

/** Records attempts in groups; where a batch's gate is concerned, the cursor moves in the same transaction. */
@ApplicationScoped
class Records {
    private static final int MAX_GROUP = 500;
    /** Stands for the batch of records that concern no gate. */
    private static final UUID NO_GATE = new UUID(0, 0);

    private final Pool pool;
    private final RecordTable records;
    private final GateTable gates;
    private final ClaimTable claims;
    private final GroupWriter<StepRecord, Recorded> writer = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE,
            this::write);

    Records(Pool pool, RecordTable records, GateTable gates, ClaimTable claims) {
        this.pool = pool;
        this.records = records;
        this.gates = gates;
        this.claims = claims;
    }

    /** Writes an attempt and what follows; completes after the commit. */
    Uni<Recorded> record(StepRecord record) {
        return writer.submit(record);
    }

    /** Whether recording may wake another order, for which the worker should keep a slot. */
    boolean mayWake(Claim claim, Decision decision) {
        return gates.concerns(new StepRecord(claim, decision, null, null, false, false));
    }

    /**
     * Writes what concerns no gate in one statement, and the rest in one transaction a batch: one that waited for the
     * gates of a second batch could write under an older transaction id than one that began, and ended, meanwhile.
     */
    private Uni<List<Recorded>> write(List<StepRecord> group) {
        Map<UUID, List<StepRecord>> parts = new LinkedHashMap<>();
        group.forEach(record -> parts
                .computeIfAbsent(gates.concerns(record) ? record.batch() : NO_GATE, batch -> new ArrayList<>())
                .add(record));
        Map<StepRecord, Recorded> results = new IdentityHashMap<>();
        return inTurn(parts.entrySet(), part -> write(part.getKey(), part.getValue()).invoke(written -> {
            for (int i = 0; i < written.size(); i++) {
                results.put(part.getValue().get(i), written.get(i));
            }
        }).replaceWithVoid()).map(done -> group.stream().map(results::get).toList());
    }

    private Uni<List<Recorded>> write(UUID batch, List<StepRecord> part) {
        return batch.equals(NO_GATE)
                ? records.write(pool, part)
                : pool.withTransaction(transaction -> gates.lock(transaction, batch)
                        .chain(() -> records.write(transaction, part))
                        .map(ArrayList::new)
                        .chain(results -> moveGates(transaction, part, results)));
    }

    private Uni<List<Recorded>> moveGates(SqlClient transaction, List<StepRecord> part, List<Recorded> results) {
        List<Integer> written = IntStream.range(0, part.size()).filter(i -> results.get(i).written()).boxed().toList();
        return gates.pass(transaction, written.stream().map(part::get).toList())
                .chain(() -> inTurn(written, i -> park(transaction, part, results, i)))
                .chain(() -> inTurn(written, i -> wake(transaction, part, results, i)))
                .replaceWith(results);
    }

    private Uni<Void> park(SqlClient transaction, List<StepRecord> group, List<Recorded> results, int i) {
        return gates.parkIfNotItsTurn(transaction, group.get(i)).invoke(parked -> {
            if (parked) {
                results.set(i, results.get(i).parkedNow());
            }
        }).replaceWithVoid();
    }

    /** Takes the order whose turn has come, if this record's worker kept a slot, else leaves it to any worker. */
    private Uni<Void> wake(SqlClient transaction, List<StepRecord> group, List<Recorded> results, int i) {
        return gates.itsTurnNow(transaction, group.get(i).batch()).chain(orders -> {
            if (orders.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            UUID order = orders.get(0);
            if (group.get(i).takeNext() && results.get(i).next() == null) {
                return claims.claimAtGate(transaction, order)
                        .invoke(taken -> taken.forEach(claim -> results.set(i, results.get(i).taking(claim))))
                        .replaceWithVoid();
            }
            results.set(i, results.get(i).waking(order));
            return gates.release(transaction, order);
        });
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
}
