package io.sluice.handle;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.order.CallMode;
import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.sluice.queue.Delivery;
import io.sluice.queue.DeliveryListener;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Handles orders, a limited number at a time: claim, call, decide, write, go on. Its own state lives on one Vert.x context
 * and needs no locks. An order takes up a slot only while a step of it runs or is being written.
 */
@ApplicationScoped
public class Worker implements DeliveryListener {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final long AFTER_FAILURE_MS = 500;
    /** A database that does not answer must not keep the process from ending. */
    private static final Duration TO_GIVE_BACK = Duration.ofSeconds(2);

    private final ClaimTable claims;
    private final Vertx vertx;
    private final Context context;
    private final ClaimQueue queue = new ClaimQueue();
    private final Slots slots;
    private final OrderRunner runner;
    private final LaneKeeper lanes;
    private boolean claiming;
    private boolean stopped;
    private UniEmitter<? super Void> drained;

    Worker(ClaimTable claims, StepExecution steps, LaneKeeper lanes, HandlingConfig config, Vertx vertx) {
        this.claims = claims;
        this.lanes = lanes;
        this.vertx = vertx;
        this.context = lanes.context();
        this.slots = new Slots(config.concurrency(), this::claimMore);
        this.runner = new OrderRunner(claims, steps, config.lease(), slots, context, this::add, lanes::look);
        lanes.goOnWith(slots, runner);
    }

    /** Makes the worker at the start, because its lanes may have work before its first message comes. */
    void start(@Observes StartupEvent event) {
        LOG.debugf("Up to %d orders are handled at a time", slots.free());
    }

    @Override
    public Uni<Void> deliver(Delivery delivery) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            queue.add(delivery, emitter);
            claimMore();
        }));
    }

    /** Orders that are due without a message; they go before those that are delivered. */
    void due(Collection<UUID> orders) {
        onContext(() -> add(orders));
    }

    private void add(Collection<UUID> orders) {
        queue.addDue(orders);
        claimMore();
    }

    /** Takes no more orders, and no order further than its running step. The broker keeps the deliveries. */
    void stop() {
        onContext(() -> {
            stopped = true;
            queue.stop();
            runner.stop();
        });
    }

    /** Completes when no order is being worked on any more; call it after {@link #stop()}. */
    Uni<Void> drained() {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            drained = emitter;
            claimMore();
        }));
    }

    /** Leaves what is still being worked on to other workers. */
    Uni<Void> giveBack() {
        return Uni.createFrom()
                .<List<Claim>>emitter(emitter -> onContext(() -> emitter.complete(slots.held())))
                .chain(held -> held.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : claims.giveBack(held, true)
                                .invoke(() -> LOG.infof("%d orders were given back in the middle of a step",
                                        held.size()))
                                .ifNoItem()
                                .after(TO_GIVE_BACK)
                                .fail());
    }

    /** How many more orders could be worked on, if none is waiting for it; else 0. */
    Uni<Integer> idle() {
        return Uni.createFrom()
                .emitter(emitter -> onContext(() -> emitter.complete(queue.isEmpty() ? slots.free() : 0)));
    }

    /** One claim at a time: what comes in meanwhile is claimed together. */
    private void claimMore() {
        if (drained != null && slots.allGiven()) {
            drained.complete(null);
        }
        int free = slots.free();
        if (claiming || stopped || free == 0 || queue.isEmpty()) {
            return;
        }
        ClaimQueue.Batch batch = queue.take(free);
        Set<UUID> orders = batch.orders();
        claiming = true;
        slots.take(orders.size());
        claims.claim(orders)
                .subscribe()
                .with(claimed -> onContext(() -> claimed(orders.size(), batch, claimed)),
                        failure -> onContext(() -> notClaimed(orders.size(), batch, failure)));
        queue.askForMore();
    }

    /** From here on the lease, not the message, makes sure that the order is handled. */
    private void claimed(int asked, ClaimQueue.Batch batch, List<Claim> orders) {
        batch.delivered().forEach(delivery -> delivery.settle().run());
        claiming = false;
        orders.forEach(runner::run);
        if (orders.size() < asked) {
            lanes.look(); // The others are another worker's, or stand in a lane.
        }
        slots.give(asked - orders.size());
    }

    private void notClaimed(int asked, ClaimQueue.Batch batch, Throwable failure) {
        LOG.warnf("Orders cannot be claimed (%s); trying again", failure);
        queue.giveBack(batch);
        slots.give(asked);
        vertx.setTimer(AFTER_FAILURE_MS, ignored -> onContext(() -> {
            claiming = false;
            claimMore();
        }));
    }

    /**
     * Runs a held order as a probe of its partner, whether a slot is free or not. Emits the result once it is written; null if
     * the order could not be claimed.
     */
    Uni<StepResult> probe(UUID order, Partner partner, CallMode mode) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            slots.take(1);
            claims.claimHeld(order, partner).subscribe().with(claimed -> onContext(() -> {
                if (claimed.isEmpty()) {
                    slots.give(1);
                    emitter.complete(null);
                } else {
                    runner.run(claimed.get(0), mode, emitter::complete);
                }
            }), failure -> onContext(() -> {
                slots.give(1);
                emitter.fail(failure);
            }));
        }));
    }

    private void onContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }
}
