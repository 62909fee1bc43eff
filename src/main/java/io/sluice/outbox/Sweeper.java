package io.sluice.outbox;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Sends what a dead process, or a broker that was down, left in the outbox. */
@ApplicationScoped
class Sweeper {
    private final OutboxTable table;
    private final Relay relay;

    Sweeper(OutboxTable table, Relay relay) {
        this.table = table;
        this.relay = relay;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        // One message finds out whether the broker is back; only then is it asked for more.
        int limit = relay.trusted() ? Relay.WINDOW : 1;
        return table.takeOverdue(limit)
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUni(relay::send)
                        .merge(Relay.WINDOW)
                        .collect()
                        .asList())
                .chain(sent -> sent.size() == limit && relay.trusted() ? sweep() : Uni.createFrom().voidItem());
    }
}
