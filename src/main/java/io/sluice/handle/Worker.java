package io.sluice.handle;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.sluice.handle.StepExecution.Called;
import io.sluice.order.CallMode;
import io.sluice.order.Partner;
import io.sluice.partner.Verdict;
import io.sluice.process.Activity;
import io.sluice.queue.Delivery;
import io.sluice.queue.DeliveryListener;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Handles orders, a limited number at a time: claim, call, decide, write, go on, until the order rests, waits, or
 * stands in a lane. An order takes up a slot only while a step of it runs or is being written.
 */
@ApplicationScoped
public class Worker implements DeliveryListener {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final long AFTER_FAILURE_MS = 500;
    /** A database that does not answer must not keep the process from ending. */
    private static final Duration TO_GIVE_BACK = Duration.ofSeconds(2);

    private final ClaimTable claims;
    private final StepExecution steps;
    private final HandlingConfig config;
    private final WorkContext context;
    private final Activity activity;
    private final ClaimQueue queue = new ClaimQueue();
    /**
     * What is worked on, each in a slot. One order may be there twice, if this worker has taken it over from itself.
     */
    private final Set<Claim> slots = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Slots of orders that are being claimed. */
    private int reserved;
    private boolean claiming;
    private volatile Runnable laneReached = () -> {
    };
    private UniEmitter<? super Void> drained;

    Worker(ClaimTable claims, StepExecution steps, HandlingConfig config, WorkContext context,
            Activity activity) {
        this.activity = activity;
        this.claims = claims;
        this.steps = steps;
        this.config = config;
        this.context = context;
    }

    /** @param action called when an order has come to a lane */
    void whenLaneReached(Runnable action) {
        laneReached = action;
    }

    @Override
    public Uni<Void> deliver(Delivery delivery) {
        activity.seen();
        return Uni.createFrom().emitter(emitter -> context.execute(() -> {
            queue.add(delivery, emitter);
            claimMore();
        }));
    }

    /** Orders that are due without a message; they go before those that are delivered. */
    void due(Collection<UUID> orders) {
        context.execute(() -> {
            queue.addDue(orders);
            claimMore();
        });
    }

    /** How many more orders could be worked on, if none is waiting for it; else 0. */
    Uni<Integer> idle() {
        return Uni.createFrom()
                .emitter(
                        emitter -> context.execute(() -> emitter.complete(queue.isEmpty() ? freeSlots() : 0)));
    }

    private int freeSlots() {
        return Math.max(0, config.concurrency() - slots.size() - reserved);
    }

    /**
     * One claim at a time: what comes in meanwhile is claimed together. While the process stops, the broker keeps the
     * rest.
     */
    private void claimMore() {
        if (drained != null && slots.isEmpty() && reserved == 0) {
            drained.complete(null);
        }
        if (!context.working()) {
            return;
        }
        if (!claiming && freeSlots() > 0 && !queue.isEmpty()) {
            claiming = true;
            if (queue.needsTurns(freeSlots())) {
                claimInTurn();
            } else {
                claim();
            }
        }
        queue.askForMore();
    }

    /**
     * In a backlog, the next orders are those whose turn it is, not those whose messages came first. Their messages come
     * later, and are settled then.
     */
    private void claimInTurn() {
        claims.inTurn(config.concurrency(), null).emitOn(context).subscribe().with(orders -> {
            queue.takeTurns(orders);
            claim();
        }, this::claimLater);
    }

    private void claim() {
        if (!context.working()) {
            return; // It began to stop while the database was asked.
        }
        ClaimQueue.Batch batch = queue.take(freeSlots());
        Set<UUID> orders = batch.orders();
        reserved += orders.size();
        claims.claim(orders)
                .emitOn(context)
                .onItemOrFailure()
                .invoke(() -> reserved -= orders.size())
                .subscribe()
                .with(claimed -> claimed(batch, claimed), failure -> {
                    queue.giveBack(batch);
                    claimLater(failure);
                });
    }

    /** From here on the lease, not the message, makes sure that the order is handled. */
    private void claimed(ClaimQueue.Batch batch, List<Claim> claimed) {
        batch.delivered().forEach(delivery -> delivery.settle().run());
        claiming = false;
        claimed.forEach(this::run);
        if (claimed.size() < batch.orders().size()) {
            laneReached.run(); // The others are another worker's, or stand in a lane.
        }
        claimMore();
    }

    private void claimLater(Throwable failure) {
        DatabaseFailures.log(LOG, failure, "Orders cannot be claimed (%s); trying again", failure);
        context.after(AFTER_FAILURE_MS, () -> {
            claiming = false;
            claimMore();
        });
    }

    private void run(Claim claim) {
        run(claim, CallMode.NORMAL).subscribe().with(result -> {
        });
    }

    /**
     * Works on an order in a slot. Emits what its call says about the partner, once it is written. Never fails.
     */
    private Uni<Verdict> run(Claim claim, CallMode mode) {
        slots.add(claim);
        if (!context.working()) {
            return giveBack(claim).replaceWith(Verdict.NOTHING);
        }
        return (claim.cancelRequested()
                ? steps.cancel(Called.notBegun(claim))
                : steps.call(claim, mode).chain(called -> steps.write(called, true)))
                .emitOn(context)
                .invoke(this::goOn)
                .map(written -> written.attempt().called().verdict())
                .onFailure()
                .recoverWithItem(failure -> notWritten(claim, failure));
    }

    /** What follows once an attempt is written. */
    private void goOn(Written written) {
        Attempt attempt = written.attempt();
        switch (written.kind()) {
            case WRITTEN -> {
                if (attempt.goesOn() && attempt.keep()) {
                    run(steps.next(written));
                } else if (attempt.cancel() && attempt.decision().step() != null) {
                    queue.addDue(List.of(attempt.orderId()));
                }
            }
            case IN_LANE -> laneReached.run();
            case REFUSED -> attempt.claim()
                    .log(() -> LOG.infof(
                            "A late result of order %s at %s was refused: another worker has taken it over",
                            attempt.orderId(), attempt.claim().step().wireName()));
            case CANCEL_REQUESTED -> throw new IllegalStateException("A cancelled order was asked to be cancelled");
        }
        free(attempt.claim());
    }

    private void free(Claim claim) {
        slots.remove(claim);
        claimMore();
    }

    private Verdict notWritten(Claim claim, Throwable failure) {
        claim.log(() -> DatabaseFailures.log(LOG, failure,
                "The result of order %s at %s could not be written (%s); another worker takes it over when its lease ends",
                claim.state().id(), claim.step().wireName(), failure));
        free(claim);
        return Verdict.NOTHING;
    }

    /**
     * Writes what came of a step in a lane; completes once it is written. If a slot is free, the order goes on here,
     * otherwise any worker takes it.
     */
    Uni<Void> writeInLane(Called called) {
        Claim claim = called.claim();
        boolean keep = freeSlots() > 0;
        if (keep) {
            slots.add(claim);
        }
        return Uni.createFrom()
                .deferred(() -> steps.write(called, keep))
                .emitOn(context)
                .invoke(this::goOn)
                .onFailure()
                .invoke(failure -> notWritten(claim, failure))
                .replaceWithVoid();
    }

    /**
     * Runs a held order as a probe of its partner, whether a slot is free or not. Emits what the call says about the
     * partner, once it is written.
     */
    Uni<Verdict> probe(UUID order, Partner partner, CallMode mode) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(context)
                .invoke(() -> reserved++)
                .chain(() -> claims.claimHeld(order, partner))
                .emitOn(context)
                .map(claim -> claim == null ? Uni.createFrom().item(Verdict.NOTHING) : run(claim, mode))
                .onItemOrFailure()
                .invoke(() -> {
                    reserved--;
                    claimMore();
                })
                .chain(running -> running);
    }

    /**
     * Running steps may end within the grace. Orders that are left then are given back, for other workers to take over.
     */
    void leave(@Observes ShutdownStarted event) {
        Uni<Void> stepsEnded = Uni.createFrom().emitter(emitter -> context.execute(() -> {
            drained = emitter;
            claimMore();
        }));
        event.awaits(Uni.combine().any().of(stepsEnded, event.graceOver()).emitOn(context).chain(this::giveBackAll));
    }

    private Uni<Void> giveBackAll() {
        return slots.isEmpty()
                ? Uni.createFrom().voidItem()
                : claims.giveBack(slots, true)
                        .invoke(() -> LOG.infof("%d orders were given back in the middle of a step", slots.size()))
                        .ifNoItem()
                        .after(TO_GIVE_BACK)
                        .fail();
    }

    /** The process began to stop before the step was begun. */
    private Uni<Void> giveBack(Claim claim) {
        return claims.giveBack(List.of(claim), false)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(config.lease().toMillis())
                .onFailure()
                .invoke(failure -> claim.log(() -> DatabaseFailures.log(LOG, failure,
                        "Order %s could not be given back (%s)", claim.state().id(), failure)))
                .onFailure()
                .recoverWithNull()
                .emitOn(context)
                .invoke(() -> free(claim));
    }
}
