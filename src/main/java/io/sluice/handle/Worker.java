package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.order.Decision;
import io.sluice.order.HandlingRules;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.OrderStatus;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerCalls;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.StepCall;
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
    /** Where a partner takes longer than that, the time between two of its calls is nothing beside it. */
    private static final Duration QUICK = Duration.ofMillis(500);

    private final ClaimTable claims;
    private final Records records;
    private final Gates gates;
    private final PartnerGuard partners;
    private final HandlingRules rules;
    private final HandlingConfig config;
    private final Vertx vertx;
    private final Context context;

    private final Intake intake = new Intake();
    /** The ordered steps whose partner was quick the last time. */
    private final Set<Step> quick = EnumSet.noneOf(Step.class);
    /** What is being worked on, by order. */
    private final Map<UUID, Claim> running = new HashMap<>();
    private int busy;
    private boolean claiming;
    private boolean stopped;
    private UniEmitter<? super Void> drained;

    Worker(ClaimTable claims, Records records, Gates gates, PartnerGuard partners, HandlingRules rules,
            HandlingConfig config, Vertx vertx) {
        this.claims = claims;
        this.records = records;
        this.gates = gates;
        this.partners = partners;
        this.rules = rules;
        this.config = config;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
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
        onContext(() -> {
            intake.addDue(orders);
            claimMore();
        });
    }

    /** Takes no more orders, and no order further than the step that runs. Deliveries stay unsettled: the broker has them. */
    void stop() {
        onContext(() -> {
            stopped = true;
            intake.stop();
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
                .<List<Claim>>emitter(emitter -> onContext(() -> emitter.complete(
                        List.copyOf(running.values()))))
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
                        intake.isEmpty() ? Math.max(0, config.concurrency() - busy) : 0)));
    }

    /** One claim at a time: what comes in meanwhile is claimed together. */
    private void claimMore() {
        if (drained != null && busy == 0) {
            drained.complete(null);
        }
        int free = config.concurrency() - busy;
        if (claiming || stopped || free <= 0 || intake.isEmpty()) {
            return;
        }
        Intake.Taken taken = intake.take(free);
        Set<UUID> orders = taken.orders();
        claiming = true;
        busy += orders.size();
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
        busy -= asked - orders.size();
        orders.forEach(this::run);
        claimMore();
    }

    private void notClaimed(int asked, Intake.Taken taken, Throwable failure) {
        LOG.warnf("Orders cannot be claimed (%s); trying again", failure);
        intake.giveBack(taken);
        busy -= asked;
        vertx.setTimer(AFTER_FAILURE_MS, ignored -> onContext(() -> {
            claiming = false;
            claimMore();
        }));
    }

    /**
     * Works on an order whose partner is to be tried, whether a slot is free or not. Gives what the partner answered, or
     * null if the order is not to be had.
     */
    Uni<StepResult> probe(UUID order) {
        return Uni.createFrom().emitter(emitter -> onContext(() -> {
            busy++;
            claims.claim(List.of(order)).subscribe().with(taken -> onContext(() -> {
                if (taken.isEmpty()) {
                    busy--;
                    emitter.complete(null);
                    claimMore();
                } else {
                    run(taken.get(0), partners::probe, emitter::complete);
                }
            }), failure -> onContext(() -> {
                busy--;
                emitter.fail(failure);
                claimMore();
            }));
        }));
    }

    private void run(Claim claim) {
        run(claim, partners::call, result -> {
        });
    }

    private void run(Claim claim, Function<StepCall, Uni<StepResult>> call, Consumer<StepResult> told) {
        running.put(claim.state().id(), claim);
        Instant startedAt = claim.clock().now();
        Step step = claim.state().step();
        if (stopped) {
            told.accept(null);
            leave(claim);
        } else if (claim.cancelRequested()) {
            told.accept(null);
            cancel(claim, startedAt, null);
        } else if (step != Step.VOID_SHIPMENT && !rules.plan().steps().contains(step)) {
            told.accept(null);
            ended(claim, startedAt, new StepResult.Refused(new Reason(Reason.UNKNOWN_STEP, "The order stands at "
                    + step.wireName() + ", which is no step of the plan any more.", null)));
        } else if (mustEnter(claim)) {
            enter(claim, call, told);
        } else {
            Ahead ahead = takeAhead(claim);
            call.apply(claim.call())
                    .onFailure()
                    .recoverWithItem(PartnerCalls::internal)
                    .subscribe()
                    .with(result -> onContext(() -> {
                        told.accept(result);
                        goOn(ahead, result);
                        learnPace(claim, startedAt);
                        ended(claim, startedAt, result);
                    }));
        }
    }

    private boolean mustEnter(Claim claim) {
        return !claim.admitted() && atGate(claim);
    }

    private boolean atGate(Claim claim) {
        return claim.place() != null && claim.place().printOrder().gated()
                && rules.plan().ordered(claim.state().step());
    }

    /** Null if there is no slot for another order, or the partner is not so quick that it would matter. */
    private Ahead takeAhead(Claim claim) {
        if (!atGate(claim) || !quick.contains(claim.state().step()) || busy >= config.concurrency()) {
            return null;
        }
        busy++;
        Ahead ahead = new Ahead();
        gates.takeBehind(claim).subscribe().with(taken -> onContext(() -> tookAhead(ahead, taken)), failure -> {
            LOG.debugf("Nothing is taken ahead (%s)", failure);
            onContext(() -> tookAhead(ahead, null));
        });
        return ahead;
    }

    private void tookAhead(Ahead ahead, Claim taken) {
        if (taken == null) {
            busy--;
            claimMore();
        } else {
            running.put(taken.state().id(), taken);
            if (!ahead.keep(taken)) {
                run(taken);
            }
        }
    }

    /** If the partner has done it, the next order goes on at once; else the gate knows whose turn it is. */
    private void goOn(Ahead ahead, StepResult result) {
        Claim next = ahead == null ? null : ahead.end();
        if (next == null) {
            return;
        }
        if (!Ahead.fresh(next)) {
            leave(next);
        } else {
            run(result instanceof StepResult.Done ? next.through(next.call().outOfSequence()) : next);
        }
    }

    private void learnPace(Claim claim, Instant startedAt) {
        if (atGate(claim)) {
            boolean wasQuick = Duration.between(startedAt, claim.clock().now()).compareTo(QUICK) < 0;
            if (wasQuick) {
                quick.add(claim.state().step());
            } else {
                quick.remove(claim.state().step());
            }
        }
    }

    /** Asks whether it is the order's turn; the gate wakes it again if it is not. */
    private void enter(Claim claim, Function<StepCall, Uni<StepResult>> call, Consumer<StepResult> told) {
        gates.enter(claim).subscribe().with(arrival -> onContext(() -> {
            if (arrival.gone()) {
                told.accept(null);
                leave(claim);
            } else if (arrival.parked()) {
                told.accept(null);
                release(claim);
                claimMore();
            } else {
                run(claim.through(arrival.late()), call, told);
            }
        }), failure -> onContext(() -> {
            LOG.warnf("Order %s cannot be asked to its gate (%s)", claim.state().id(), failure);
            told.accept(null);
            leave(claim);
        }));
    }

    /** Gives back an order whose present step has not begun. */
    private void leave(Claim claim) {
        claims.giveBack(List.of(claim), false)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(config.lease().toMillis())
                .onItemOrFailure()
                .invoke((done, failure) -> onContext(() -> {
                    release(claim);
                    claimMore();
                }))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("Order %s could not be given back (%s)", claim.state().id(), failure));
    }

    private void release(Claim claim) {
        // Not if this worker has taken the order over from itself meanwhile.
        running.computeIfPresent(claim.state().id(), (id, now) -> now.lease() == claim.lease() ? null : now);
        busy--;
    }

    private void ended(Claim claim, Instant startedAt, StepResult result) {
        try {
            recordEnd(claim, startedAt, result);
        } catch (IllegalTransitionException impossible) {
            LOG.errorf("Nothing can be recorded for an order (%s)", impossible.getMessage());
            release(claim);
            claimMore();
        }
    }

    private void recordEnd(Claim claim, Instant startedAt, StepResult result) {
        Instant finishedAt = claim.clock().now();
        Decision decision = rules.decide(claim.state(), result).heldFrom(finishedAt);
        boolean slotKept = records.mayWake(claim, decision) && busy < config.concurrency();
        if (slotKept) {
            busy++;
        }
        record(new StepRecord(claim, decision, startedAt, finishedAt, slotKept, false), result, false);
    }

    /** The order is not to go on; what its step did, if one was running, is recorded none the less. */
    private void cancel(Claim claim, Instant startedAt, StepResult result) {
        Decision decision = rules.cancel(claim.state(), result, claim.call().shipment() != null);
        record(new StepRecord(claim, decision, startedAt, claim.clock().now(), false, true), result, false);
    }

    /** @param again whether it was refused once */
    private void record(StepRecord record, StepResult result, boolean again) {
        // A result is worth keeping while the lease lasts; after that somebody else has the order.
        records.record(record)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(config.lease().toMillis())
                .subscribe()
                .with(recorded -> onContext(() -> {
                    if (recorded == Recorded.REFUSED && !again) {
                        // Who asked to cancel may have committed in the middle of the statement, which saw half of it.
                        record(record, result, true);
                    } else {
                        recorded(record, result, recorded);
                    }
                }),
                        failure -> onContext(() -> notRecorded(record, failure)));
    }

    private void recorded(StepRecord record, StepResult result, Recorded recorded) {
        Claim claim = record.claim();
        Decision decision = record.decision();
        if (recorded.next() != null) {
            run(recorded.next());
        } else if (record.takeNext()) {
            busy--;
        }
        intake.addDue(recorded.woken());
        if (recorded.toBeCancelled()) {
            cancel(claim, record.startedAt(), result);
        } else if (recorded.written() && decision.status() == OrderStatus.HANDLING && !recorded.parked()) {
            run(claim.at(decision.step(), recorded.version(), decision.shipment(),
                    recorded.late() || claim.call().outOfSequence()));
        } else {
            if (!recorded.written()) {
                LOG.infof("A late result of order %s at %s was refused: somebody else has taken it over",
                        record.orderId(), record.step().wireName());
            } else if (record.cancel() && decision.step() != null) {
                intake.addDue(List.of(record.orderId()));
            }
            release(claim);
        }
        claimMore();
    }

    private void notRecorded(StepRecord record, Throwable failure) {
        LOG.errorf("The result of order %s at %s could not be recorded (%s); it will be taken over once its lease ends",
                record.orderId(), record.step().wireName(), failure);
        release(record.claim());
        busy -= record.takeNext() ? 1 : 0;
        claimMore();
    }

    private void onContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }
}
