package io.sluice.batch;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.f4b6a3.uuid.UuidCreator;

import io.sluice.order.HandlingPlan;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Hands many orders over at once; their packing slips come out in the sequence given. */
@ApplicationScoped
public class Batches {
    private final BatchTable table;
    private final HandlingPlan plan;
    private final Relay relay;
    private final Pool pool;
    private final Clock clock;

    Batches(BatchTable table, HandlingPlan plan, Relay relay, Pool pool, Clock clock) {
        this.table = table;
        this.plan = plan;
        this.relay = relay;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * Makes a batch of the orders that can be handled now, RECEIVED or FAILED ones, and queues them. The others are
     * rejected by name and spoil nothing. Completes after the commit.
     */
    public Uni<BatchView> create(List<UUID> orderIds) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return pool.withTransaction(transaction -> table.lock(transaction, orderIds).chain(found -> {
            NewBatch batch = select(id, orderIds, found);
            return table.insert(transaction, batch).chain(() -> table.queue(transaction, batch));
        })).invoke(this::send).chain(() -> find(id));
    }

    /** The batch of that id, or null. */
    public Uni<BatchView> find(UUID id) {
        return table.find(id);
    }

    private void send(List<OutboxRow> messages) {
        relay.sendSoon(messages);
    }

    private NewBatch select(UUID id, List<UUID> orderIds, Map<UUID, BatchTable.Candidate> found) {
        List<BatchTable.Candidate> selected = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        for (UUID orderId : new LinkedHashSet<>(orderIds)) {
            BatchTable.Candidate order = found.get(orderId);
            if (order != null && order.free()) {
                selected.add(order);
            } else {
                rejected.add(new Rejected(orderId, whyNot(order)));
            }
        }
        return NewBatch.of(id, clock.instant().truncatedTo(ChronoUnit.MICROS), selected, rejected, plan);
    }

    private static String whyNot(BatchTable.Candidate order) {
        if (order == null) {
            return "There is no such order.";
        }
        return switch (order.status()) {
            // RECEIVED or FAILED and yet not free: somebody else had it a moment ago.
            case QUEUED, HANDLING, DELAYED, RECEIVED, FAILED -> "It is being handled already.";
            case HANDLED -> "It has been handled.";
            case CANCELLED -> "It is cancelled.";
        };
    }
}
