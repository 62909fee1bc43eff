package io.sluice.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
        return gates.concerns(new StepRecord(claim, decision, null, null, false));
    }

    private Uni<List<Recorded>> write(List<StepRecord> group) {
        List<StepRecord> gated = group.stream().filter(gates::concerns).toList();
        return gated.isEmpty()
                ? records.write(pool, group)
                : pool.withTransaction(transaction -> gates.lock(transaction, gated)
                        .chain(() -> records.write(transaction, group))
                        .map(ArrayList::new)
                        .chain(results -> moveGates(transaction, group, results)));
    }

    private Uni<List<Recorded>> moveGates(SqlClient transaction, List<StepRecord> group, List<Recorded> results) {
        List<Integer> gated = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            if (results.get(i).written() && gates.concerns(group.get(i))) {
                gated.add(i);
            }
        }
        return gates.pass(transaction, gated.stream().map(group::get).toList())
                .chain(() -> one(gated, i -> park(transaction, group, results, i)))
                .chain(() -> one(gated, i -> wake(transaction, group, results, i)))
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
            if (group.get(i).takeNext()) {
                return claims.claimAtGate(transaction, order)
                        .invoke(taken -> taken.forEach(claim -> results.set(i, results.get(i).taking(claim))))
                        .replaceWithVoid();
            }
            results.set(i, results.get(i).waking(order));
            return gates.release(transaction, order);
        });
    }

    private static Uni<Void> one(List<Integer> indexes, java.util.function.Function<Integer, Uni<Void>> action) {
        return Multi.createFrom()
                .iterable(indexes)
                .onItem()
                .transformToUniAndConcatenate(action::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
