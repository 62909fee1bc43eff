package io.sluice.handle;

import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.CallMode;
import io.sluice.order.Decision;
import io.sluice.order.HandlingRules;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.partner.PartnerCalls;
import io.sluice.partner.PartnerGuard;
import io.smallrye.mutiny.Uni;

/** Carries one step of a claimed order out: calls its partner, decides what follows, and writes both. */
@ApplicationScoped
class StepExecution {
    private final PartnerGuard partners;
    private final Routes routes;
    private final HandlingRules rules;
    private final AttemptWriter writer;

    StepExecution(PartnerGuard partners, Routes routes, HandlingRules rules, AttemptWriter writer) {
        this.partners = partners;
        this.routes = routes;
        this.rules = rules;
        this.writer = writer;
    }

    /** What came of an attempt, and of writing it. */
    record Written(Attempt attempt, WriteResult result) {}

    /** Calls the partner of the claim's step. Never fails. */
    Uni<StepResult> call(Claim claim, CallMode mode) {
        Step step = claim.step();
        if (step != Step.VOID_SHIPMENT && !rules.plan().steps().contains(step)) {
            return refused(Reason.UNKNOWN_STEP,
                    "The order is at " + step.wireName() + ", which is not a step of the plan any more.");
        }
        if (!routes.known(claim.call().partner())) {
            return refused(Reason.UNKNOWN_PARTNER, "The configuration has no " + step.kind().wireName() + " named '"
                    + claim.call().partner().name() + "' any more.");
        }
        return partners.call(claim.call(), mode).onFailure().recoverWithItem(PartnerCalls::internal);
    }

    /** Asks the partner what an earlier call of the step did; empty if it did nothing. Never fails. */
    Uni<Optional<StepResult>> ask(Claim claim) {
        return partners.ask(claim.call())
                .onFailure()
                .recoverWithItem(failure -> Optional.of(PartnerCalls.internal(failure)));
    }

    private static Uni<StepResult> refused(String code, String detail) {
        return Uni.createFrom().item(new StepResult.Refused(new Reason(code, detail, null)));
    }

    /**
     * Writes what came of the step, and what follows. If a person has asked to cancel the order meanwhile, it is cancelled.
     *
     * @param keep whether this worker goes on with the order
     * @throws IllegalTransitionException if the order was not being handled
     */
    Uni<Written> write(Claim claim, Instant startedAt, StepResult result, boolean keep) {
        Instant finishedAt = claim.now();
        Decision decision = rules.decide(claim.state(), result).heldFrom(finishedAt);
        return write(new Attempt(claim, result, decision, startedAt, finishedAt, false, keep))
                .chain(written -> written.result() == WriteResult.CANCEL_REQUESTED
                        ? cancel(claim, startedAt, result)
                        : Uni.createFrom().item(written));
    }

    /**
     * Cancels the order, as a person has asked; what its step did is written none the less.
     *
     * @param result of the step, or null if it was not begun
     */
    Uni<Written> cancel(Claim claim, Instant startedAt, StepResult result) {
        Decision decision = rules.cancel(claim.state(), result, claim.call().shipment() != null);
        return write(new Attempt(claim, result, decision, startedAt, claim.now(), true, false));
    }

    private Uni<Written> write(Attempt attempt) {
        return writer.write(attempt).map(result -> new Written(attempt, result));
    }

    /** The claim with which the same worker goes on with the order, at its next step. */
    Claim next(Written written) {
        Claim claim = written.attempt().claim();
        Decision decision = written.attempt().decision();
        return claim.at(decision.step(), written.result().version(), routes.partner(decision.step(),
                claim.call().channel(), claim.call().shipTo().country(), claim.call().printer(), null),
                decision.shipment());
    }
}
