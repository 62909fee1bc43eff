package io.sluice.outbox;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Sends the messages that remained in the outbox because a process died or the broker was down. */
@ApplicationScoped
class Sweeper {
    private final SupervisedTask sweep = new SupervisedTask(Logger.getLogger(Sweeper.class),
            "The outbox cannot be swept");
    private final OutboxTable table;
    private final Relay relay;

    Sweeper(OutboxTable table, Relay relay) {
        this.table = table;
        this.relay = relay;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        AtomicBoolean more = new AtomicBoolean();
        return sweep.attempt(sendOverdue().invoke(more::set))
                .chain(() -> more.get() ? sweep() : Uni.createFrom().voidItem());
    }

    /** Sends as many messages as may be in flight. Emits whether there may be more. */
    private Uni<Boolean> sendOverdue() {
        // While the broker is down, one message checks whether it is back.
        int limit = relay.trusted() ? Relay.WINDOW : 1;
        return table.takeOverdue(limit)
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUni(relay::send)
                        .merge(Relay.WINDOW)
                        .collect()
                        .asList())
                .map(sent -> sent.size() == limit && relay.trusted());
    }
}
