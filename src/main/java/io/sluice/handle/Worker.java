package io.sluice.handle;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.order.HandlingRules;
import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.PartnerGuard;
import io.sluice.queue.Delivery;
import io.sluice.queue.DeliveryListener;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Handles orders, a limited number at a time: claim, step, record, next step. Its own state lives on one Vert.x
 * context and needs no locks. An order takes up a slot only while a step of it runs or is being recorded.
 */
@ApplicationScoped
public class Worker implements DeliveryListener {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final long AFTER_FAILURE_MS = 500;
    /** A database that has gone without a word must not hold up the end of the process. */
    private static final Duration TO_GIVE_BACK = Duration.ofSeconds(2);

    private final ClaimTable claims;
    private final Vertx vertx;
    private final Context context;

    private final Intake intake = new Intake();
    private final Slots slots;
    private final StepRunner steps;
    private boolean claiming;
    private boolean stopped;
    private UniEmitter<? super Void> drained;

    Worker(ClaimTable claims, Records records, Gates gates, PartnerGuard partners, PartnerDirectory directory,
            HandlingRules rules,
            HandlingConfig config, Vertx vertx) {
        this.claims = claims;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.slots = new Slots(config.concurrency(), this::claimMore);
        this.steps = new StepRunner(claims, records, gates, partners, directory, rules, config.lease(), slots, context,
                this::add);
    }

    @Override
    public Uni<Void> deliver(Delivery delivery) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            intake.add(delivery, emitter);
            claimMore();
        }));
    }

    /** Orders that are due without a message; they go before those that are delivered. */
    void due(Collection<UUID> orders) {
        onContext(() -> add(orders));
    }

    private void add(Collection<UUID> orders) {
        intake.addDue(orders);
        claimMore();
    }

    /** Takes no more orders, and no order further than the step that runs. Deliveries stay unsettled: the broker has them. */
    void stop() {
        onContext(() -> {
            stopped = true;
            intake.stop();
            steps.stop();
        });
    }

    /** Completes when nothing is being worked on any more; call it after {@link #stop()}. */
    Uni<Void> drained() {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            drained = emitter;
            claimMore();
        }));
    }

    /** Leaves what is still being worked on to others. */
    Uni<Void> giveBack() {
        return Uni.createFrom()
                .<List<Claim>>emitter(emitter -> onContext(() -> emitter.complete(slots.held())))
                .chain(claims -> claims.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : this.claims.giveBack(claims, true)
                                .invoke(() -> LOG.infof("%d orders were given back in the middle of a step",
                                        claims.size()))
                                .ifNoItem()
                                .after(TO_GIVE_BACK)
                                .fail());
    }

    /** How many more orders could be worked on, if none is waiting for it; else 0. */
    Uni<Integer> idle() {
        return Uni.createFrom()
                .emitter(emitter -> onContext(() -> emitter.complete(
                        intake.isEmpty() ? slots.free() : 0)));
    }

    /** One claim at a time: what comes in meanwhile is claimed together. */
    private void claimMore() {
        if (drained != null && slots.allGiven()) {
            drained.complete(null);
        }
        int free = slots.free();
        if (claiming || stopped || free == 0 || intake.isEmpty()) {
            return;
        }
        Intake.Taken taken = intake.take(free);
        Set<UUID> orders = taken.orders();
        claiming = true;
        slots.take(orders.size());
        claims.claim(orders)
                .subscribe()
                .with(claimed -> onContext(() -> claimed(orders.size(), taken, claimed)),
                        failure -> onContext(() -> notClaimed(orders.size(), taken, failure)));
        intake.askForMore();
    }

    /** From here on the lease, not the message, sees to it that the order is handled. */
    private void claimed(int asked, Intake.Taken taken, List<Claim> orders) {
        taken.delivered().forEach(delivery -> delivery.settle().run());
        claiming = false;
        orders.forEach(steps::run);
        slots.give(asked - orders.size());
    }

    private void notClaimed(int asked, Intake.Taken taken, Throwable failure) {
        LOG.warnf("Orders cannot be claimed (%s); trying again", failure);
        intake.giveBack(taken);
        slots.give(asked);
        vertx.setTimer(AFTER_FAILURE_MS, ignored -> onContext(() -> {
            claiming = false;
            claimMore();
        }));
    }

    /**
     * Works on an order that is held by a partner that is to be tried, whether a slot is free or not. Gives what the partner answered, once that
     * is recorded, or null if the order is not to be had or cannot go on.
     */
    Uni<StepResult> probe(UUID order, Partner partner, Trial trial) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            slots.take(1);
            claims.claimHeld(order, partner).subscribe().with(taken -> onContext(() -> {
                if (taken.isEmpty()) {
                    slots.give(1);
                    emitter.complete(null);
                } else {
                    steps.tryPartner(taken.get(0), trial, emitter::complete);
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
