package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.sluice.handle.ArrivalTable.Fate;
import io.sluice.order.Decision;
import io.sluice.order.HandlingRules;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.OrderStatus;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerCalls;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.StepCall;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;

/**
 * Takes claimed orders through their steps: gate, call, record, next step, until the order rests, waits or is somebody
 * else's. Belongs to one worker, on whose context all of this is called.
 */
final class StepRunner {
    private static final Logger LOG = Logger.getLogger(StepRunner.class);
    private static final Runnable NOTHING = () -> {
    };

    private final ClaimTable claims;
    private final Records records;
    private final Gates gates;
    private final PartnerGuard partners;
    private final PartnerDirectory directory;
    private final HandlingRules rules;
    private final Duration lease;
    private final Slots slots;
    private final Context context;
    private final Consumer<Collection<UUID>> due;
    private boolean stopped;

    /** @param due takes the orders that can be claimed now because of what was recorded */
    StepRunner(ClaimTable claims, Records records, Gates gates, PartnerGuard partners, PartnerDirectory directory,
            HandlingRules rules,
            Duration lease, Slots slots, Context context, Consumer<Collection<UUID>> due) {
        this.claims = claims;
        this.records = records;
        this.gates = gates;
        this.partners = partners;
        this.directory = directory;
        this.rules = rules;
        this.lease = lease;
        this.slots = slots;
        this.context = context;
        this.due = due;
    }

    /** Begins no further step. */
    void stop() {
        stopped = true;
    }

    /** Takes an order on, in the slot that was taken for it. */
    void run(Claim claim) {
        run(claim, new Call(Trial.NONE, partners::call, result -> {
        }));
    }

    /**
     * Tries the partner of an order's present step with it, although that is down.
     *
     * @param trial how it goes through a gate, if it stands at one
     * @param told of what the partner answered, once that is recorded: who is tried with next depends on it; of null if it was
     *     not called
     */
    void tryPartner(Claim claim, Trial trial, Consumer<StepResult> told) {
        run(claim, new Call(trial, partners::probe, told));
    }

    /** @param call how the partner of the present step is called; of those that follow, as ever */
    private void run(Claim claim, Call call) {
        slots.hold(claim);
        Instant startedAt = claim.clock().now();
        Step step = claim.state().step();
        if (stopped) {
            call.told().accept(null);
            leave(claim);
        } else if (claim.cancelRequested()) {
            call.told().accept(null);
            cancel(claim, startedAt, null);
        } else if (step != Step.VOID_SHIPMENT && !rules.plan().steps().contains(step)) {
            call.told().accept(null);
            ended(claim, startedAt, new StepResult.Refused(new Reason(Reason.UNKNOWN_STEP, "The order stands at "
                    + step.wireName() + ", which is no step of the plan any more.", null)));
        } else if (mustEnter(claim)) {
            enter(claim, call);
        } else {
            call.how()
                    .apply(claim.call())
                    .onFailure()
                    .recoverWithItem(PartnerCalls::internal)
                    .subscribe()
                    .with(result -> onContext(() -> {
                        if (result instanceof StepResult.Done && atGate(claim)) {
                            takeNext(claim);
                        }
                        ended(claim, startedAt, result, () -> call.told().accept(result));
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

    /** Before this one is recorded, because the partner waits meanwhile. If none comes of it, recording finds who is next. */
    private void takeNext(Claim claim) {
        if (stopped || slots.free() == 0) {
            return;
        }
        slots.take(1);
        gates.takeNext(claim).subscribe().with(next -> onContext(() -> {
            if (next == null) {
                slots.give(1);
            } else {
                run(next);
            }
        }), failure -> {
            LOG.debugf("The order that comes after %s is not taken yet: %s", claim.state().id(), failure);
            onContext(() -> slots.give(1));
        });
    }

    /** Asks whether it is the order's turn; the gate wakes it again if it is not. */
    private void enter(Claim claim, Call call) {
        gates.enter(claim, call.trial()).subscribe().with(arrival -> onContext(() -> {
            if (arrival.fate() == Fate.THROUGH) {
                run(claim.through(arrival.late()), call);
                return;
            }
            call.told().accept(null);
            switch (arrival.fate()) {
                case HELD -> ended(claim, claim.clock().now(), PartnerGuard.held(claim.call().partner()));
                case PARKED -> slots.release(claim);
                default -> leave(claim);
            }
        }), failure -> onContext(() -> {
            LOG.warnf("Order %s cannot be asked to its gate (%s)", claim.state().id(), failure);
            call.told().accept(null);
            leave(claim);
        }));
    }

    /** Gives back an order whose present step has not begun. */
    private void leave(Claim claim) {
        claims.giveBack(List.of(claim), false)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(lease.toMillis())
                .onItemOrFailure()
                .invoke((done, failure) -> onContext(() -> slots.release(claim)))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("Order %s could not be given back (%s)", claim.state().id(), failure));
    }

    private void ended(Claim claim, Instant startedAt, StepResult result) {
        ended(claim, startedAt, result, NOTHING);
    }

    private void ended(Claim claim, Instant startedAt, StepResult result, Runnable recorded) {
        try {
            record(ending(claim, startedAt, result), result, recorded);
        } catch (IllegalTransitionException impossible) {
            LOG.errorf("Nothing can be recorded for an order (%s)", impossible.getMessage());
            slots.release(claim);
            recorded.run();
        }
    }

    private StepRecord ending(Claim claim, Instant startedAt, StepResult result) {
        Instant finishedAt = claim.clock().now();
        Decision decision = rules.decide(claim.state(), result).heldFrom(finishedAt);
        boolean slotKept = records.mayWake(claim, decision) && slots.free() > 0;
        if (slotKept) {
            slots.take(1);
        }
        return new StepRecord(claim, decision, startedAt, finishedAt, slotKept, false);
    }

    /** The order is not to go on; what its step did, if one was running, is recorded none the less. */
    private void cancel(Claim claim, Instant startedAt, StepResult result) {
        Decision decision = rules.cancel(claim.state(), result, claim.call().shipment() != null);
        record(new StepRecord(claim, decision, startedAt, claim.clock().now(), false, true), result, NOTHING);
    }

    /** @param then is run when it is recorded, or given up */
    private void record(StepRecord record, StepResult result, Runnable then) {
        // Who asked to cancel may have committed in the middle of the statement, which saw half of it.
        written(record).chain(recorded -> recorded == Recorded.REFUSED
                ? written(record)
                : Uni.createFrom().item(recorded))
                .subscribe()
                .with(recorded -> onContext(() -> {
                    then.run();
                    recorded(record, result, recorded);
                }), failure -> onContext(() -> {
                    then.run();
                    notRecorded(record, failure);
                }));
    }

    /** A result is worth keeping while the lease lasts; after that somebody else has the order. */
    private Uni<Recorded> written(StepRecord record) {
        return records.record(record)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(lease.toMillis());
    }

    private void recorded(StepRecord record, StepResult result, Recorded recorded) {
        Claim claim = record.claim();
        Decision decision = record.decision();
        if (recorded.next() != null) {
            run(recorded.next());
        } else if (record.takeNext()) {
            slots.give(1);
        }
        due.accept(recorded.woken());
        if (recorded.toBeCancelled()) {
            cancel(claim, record.startedAt(), result);
        } else if (recorded.written() && decision.status() == OrderStatus.HANDLING && !recorded.parked()) {
            run(claim.at(decision.step(), partner(claim, decision.step()), recorded.version(), decision.shipment(),
                    recorded.admitted(),
                    recorded.late() == null ? claim.call().outOfSequence() : recorded.late()));
        } else {
            if (!recorded.written()) {
                LOG.infof("A late result of order %s at %s was refused: somebody else has taken it over",
                        record.orderId(), record.step().wireName());
            } else if (record.cancel() && decision.step() != null) {
                due.accept(List.of(record.orderId()));
            }
            slots.release(claim);
        }
    }

    private Partner partner(Claim claim, Step step) {
        StepCall call = claim.call();
        return directory.route(step.kind(), call.channel(), call.content().shipTo().country());
    }

    private void notRecorded(StepRecord record, Throwable failure) {
        LOG.errorf("The result of order %s at %s could not be recorded (%s); it will be taken over once its lease ends",
                record.orderId(), record.step().wireName(), failure);
        slots.release(record.claim());
        slots.give(record.takeNext() ? 1 : 0);
    }

    private void onContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    /**
     * How the partner of a step is called.
     *
     * @param trial whether it is down, and tried with this order
     * @param told  of what it answered, or of null if it was not called
     */
    private record Call(Trial trial, Function<StepCall, Uni<StepResult>> how, Consumer<StepResult> told) {}
}
