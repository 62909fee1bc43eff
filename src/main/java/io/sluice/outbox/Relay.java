package io.sluice.outbox;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.queue.WorkSender;
import io.sluice.store.DatabaseFailures;
import io.sluice.tracing.ActiveSpan;
import io.sluice.tracing.Traces;
import io.smallrye.mutiny.Uni;

/**
 * Sends outbox rows to the broker, many in flight, and removes each once the broker has settled it.
 *
 * <p>What cannot be sent just stays in the table, where {@link Sweeper} finds it. After a failure the relay trusts the
 * broker no more and takes nothing in until a single message of the sweeper's has come through: a thousand failures a
 * second would tell nothing that one does not.
 */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    static final int WINDOW = 500;
    private static final int MAX_WAITING = 20_000;

    private final WorkSender sender;
    private final OutboxTable table;
    private final Traces traces;
    private final Queue<OutboxRow> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean trusted = new AtomicBoolean(true);

    Relay(WorkSender sender, OutboxTable table, Traces traces) {
        this.traces = traces;
        this.sender = sender;
        this.table = table;
    }

    /** Sends these rows as soon as the window allows; call it after the commit that wrote them. */
    public void sendSoon(Collection<OutboxRow> rows) {
        if (!trusted.get()) {
            return;
        }
        if (waitingCount.addAndGet(rows.size()) > MAX_WAITING) {
            waitingCount.addAndGet(-rows.size());
            return;
        }
        waiting.addAll(rows);
        pump();
    }

    private void pump() {
        while (!waiting.isEmpty()) {
            if (inFlight.incrementAndGet() > WINDOW) {
                inFlight.decrementAndGet();
                return;
            }
            OutboxRow row = waiting.poll();
            if (row == null) {
                inFlight.decrementAndGet();
                continue;
            }
            waitingCount.decrementAndGet();
            if (trusted.get()) {
                send(row).subscribe().with(sent -> settled(), failure -> settled());
            } else {
                inFlight.decrementAndGet();
            }
        }
    }

    private void settled() {
        inFlight.decrementAndGet();
        pump();
    }

    /** Sends one row and removes it; false if the broker did not settle it in time, so that the row is given back. */
    Uni<Boolean> send(OutboxRow row) {
        ActiveSpan span = traces.workMessage(row.traceparent(), row.orderId());
        return sender.send(row.orderId())
                .onItemOrFailure()
                .transformToUni((sent, failure) -> {
                    span.end(failure == null ? null : failure.getClass().getName());
                    if (failure != null) {
                        distrust(failure);
                        // Without the database it is as if this process had died: the row is free when its time is up.
                        return table.giveBack(row.id()).onFailure().recoverWithNull().replaceWith(false);
                    }
                    trust();
                    return table.remove(row.id()).replaceWith(true).onFailure().recoverWithItem(this::notRemoved);
                });
    }

    boolean trusted() {
        return trusted.get();
    }

    private void trust() {
        // Reads first: this is done for each message.
        if (!trusted.get() && trusted.compareAndSet(false, true)) {
            LOG.info("The broker takes messages again");
        }
    }

    private void distrust(Throwable failure) {
        if (trusted.compareAndSet(true, false)) {
            LOG.warnf("The broker does not take messages (%s); they stay in the outbox until it does",
                    failure.getMessage());
        }
    }

    /** The message is sent and its row remains: it will be sent again, and the second one will find nothing to do. */
    private boolean notRemoved(Throwable failure) {
        DatabaseFailures.log(LOG, failure,
                "A sent message could not be removed from the outbox (%s); it will be sent again", failure);
        return true;
    }
}
