package io.sluice.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.RepeatedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Sends the messages that remained in the outbox because a process died or the broker was down. */
@ApplicationScoped
class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final OutboxTable table;
    private final Relay relay;
    private RepeatedTask sweeping;

    Sweeper(OutboxTable table, Relay relay) {
        this.table = table;
        this.relay = relay;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        sweeping = tasks.every(Pace.MEASURING, LOG, "The outbox cannot be swept", this::sweep);
    }

    private Uni<?> sweep() {
        return sendOverdue().invoke(more -> {
            if (more) {
                sweeping.now();
            }
        });
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
