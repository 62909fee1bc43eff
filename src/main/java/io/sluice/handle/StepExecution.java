package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.CallMode;
import io.sluice.order.Decision;
import io.sluice.order.HandlingRules;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.partner.Judged;
import io.sluice.partner.PartnerCalls;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.Verdict;
import io.sluice.process.Activity;
import io.sluice.store.GroupWriter;
import io.sluice.tracing.ActiveSpan;
import io.sluice.tracing.Traces;
import io.smallrye.mutiny.Uni;

/** Carries one step of a claimed order out: calls its partner, decides what follows, and writes both. */
@ApplicationScoped
class StepExecution {
    private static final int MAX_GROUP = 500;
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    private final PartnerGuard partners;
    private final Activity activity;
    private final PartnerDirectory directory;
    private final HandlingRules rules;
    private final AttemptTable table;
    private final AttemptMetrics metrics;
    private final Duration lease;
    private final Traces traces;
    private final String worker;
    /** The attempts of many orders share a statement. That of a lane goes alone, because no slip should wait. */
    private final GroupWriter<Attempt, Written> group;

    StepExecution(PartnerGuard partners, PartnerDirectory directory, HandlingRules rules, AttemptTable table,
            AttemptMetrics metrics, HandlingConfig config, Activity activity, Traces traces, WorkerName worker) {
        this.traces = traces;
        this.worker = worker.toString();
        this.activity = activity;
        this.partners = partners;
        this.directory = directory;
        this.rules = rules;
        this.table = table;
        this.metrics = metrics;
        this.lease = config.lease();
        this.group = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE, table::write);
    }

    /**
     * A step that was called.
     *
     * @param judged      its result is null if the step was not begun
     * @param traceparent its span; null if it is not traced
     */
    record Called(Claim claim, Instant startedAt, Judged judged, String traceparent) {

        static Called notBegun(Claim claim) {
            return new Called(claim, claim.now(), Judged.ofNoCall(null), null);
        }

        StepResult result() {
            return judged.result();
        }

        /** Whether the partner answered the call, whatever it said. */
        boolean answered() {
            return !(result() instanceof StepResult.Held held && held.outcomeUnknown()
                    || result() instanceof StepResult.NoAnswer);
        }

        Verdict verdict() {
            return judged.verdict();
        }
    }

    /** Calls the partner of the claim's step. Never fails. */
    Uni<Called> call(Claim claim, CallMode mode) {
        Instant startedAt = claim.now();
        ActiveSpan span = traces.step(claim.span(worker));
        return judged(claim, mode, span).invoke(judged -> end(span, judged.result()))
                .map(judged -> new Called(claim, startedAt, judged, span.traceparent()));
    }

    private static void end(ActiveSpan span, StepResult result) {
        span.end(result.reason() == null ? null : result.reason().code());
    }

    private Uni<Judged> judged(Claim claim, CallMode mode, ActiveSpan span) {
        Step step = claim.step();
        if (step != Step.VOID_SHIPMENT && !rules.plan().steps().contains(step)) {
            return refused(Reason.UNKNOWN_STEP,
                    "The order is at " + step.wireName() + ", which is not a step of the plan any more.");
        }
        if (!directory.all().contains(claim.call().partner())) {
            return refused(Reason.UNKNOWN_PARTNER, "The configuration has no " + step.kind().wireName() + " named '"
                    + claim.call().partner().name() + "' any more.");
        }
        return partners.call(claim.call().tracedBy(span.traceparent()), mode)
                .onFailure()
                .recoverWithItem(StepExecution::internal);
    }

    private static Uni<Judged> refused(String code, String detail) {
        return Uni.createFrom().item(Judged.ofNoCall(new StepResult.Refused(new Reason(code, detail, null))));
    }

    private static Judged internal(Throwable failure) {
        return Judged.ofNoCall(PartnerCalls.internal(failure));
    }

    /** Asks the partner what an earlier call of the step did; empty if it did nothing. Never fails. */
    Uni<Optional<Called>> ask(Claim claim, CallMode mode) {
        Instant startedAt = claim.now();
        ActiveSpan span = traces.step(claim.span(worker));
        return partners.ask(claim.call().tracedBy(span.traceparent()), mode)
                .onFailure()
                .recoverWithItem(failure -> Optional.of(internal(failure)))
                .invoke(found -> end(span, found.map(Judged::result).orElse(StepResult.Done.PLAIN)))
                .map(found -> found.map(judged -> new Called(claim, startedAt, judged, span.traceparent())));
    }

    /**
     * Writes what came of the step, and what follows. If a person has asked to cancel the order meanwhile, it is
     * cancelled.
     *
     * @param keep whether this worker goes on with the order
     * @throws IllegalTransitionException if the order was not being handled
     */
    Uni<Written> write(Called called, boolean keep) {
        Instant finishedAt = called.claim().now();
        Decision decision = rules.decide(called.claim().state(), called.result()).heldFrom(finishedAt);
        return write(new Attempt(called, decision, finishedAt, false, keep))
                .chain(written -> written.kind() == Written.Kind.CANCEL_REQUESTED
                        ? cancel(called)
                        : Uni.createFrom().item(written));
    }

    /** Cancels the order, as a person has asked; what its step did is written, too. */
    Uni<Written> cancel(Called called) {
        Claim claim = called.claim();
        Decision decision = rules.cancel(claim.state(), called.result(),
                claim.call().shipment() != null || claim.call().mayBeUndone());
        return write(new Attempt(called, decision, claim.now(), true, false));
    }

    /**
     * Writes an attempt; completes after the commit. While the database cannot be reached it tries again, as long as
     * the lease lasts: after that another worker has the order.
     */
    private Uni<Written> write(Attempt attempt) {
        return writeOnce(attempt).chain(written -> written.kind() == Written.Kind.REFUSED
                // A cancel may have been committed in the middle of the statement, which saw half of it.
                ? writeOnce(attempt)
                : Uni.createFrom().item(written))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(lease.toMillis())
                .invoke(metrics::count);
    }

    private Uni<Written> writeOnce(Attempt attempt) {
        activity.seen();
        return attempt.claim().lane() == null
                ? group.submit(attempt)
                : Uni.createFrom().deferred(() -> table.writeInLane(attempt));
    }

    /** The claim with which the same worker goes on with the order, at its next step. */
    Claim next(Written written) {
        Attempt attempt = written.attempt();
        Claim claim = attempt.claim();
        Step next = attempt.decision().step();
        Partner partner = directory.partner(next, claim.call().channel(), claim.call().shipTo().country(),
                claim.call().printer(), null);
        // Writing the attempt has renewed the lease.
        long leaseEnds = claim.clock().nanosAt(attempt.finishedAt()) + lease.toNanos();
        return claim.at(next, written.version(), partner, attempt.decision().shipment(), leaseEnds);
    }
}
