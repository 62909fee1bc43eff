package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.sluice.handle.StepExecution.Written;
import io.sluice.order.CallMode;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;

/**
 * Takes claimed orders through their steps: call, decide, write, go on, until the order rests, waits, or stands in a lane.
 * Belongs to one worker; all of it is called on the worker's context.
 */
final class OrderRunner {
    private static final Logger LOG = Logger.getLogger(OrderRunner.class);

    private final ClaimTable claims;
    private final StepExecution steps;
    private final Duration lease;
    private final Slots slots;
    private final Context context;
    private final Consumer<Collection<UUID>> due;
    private final Runnable enteredLane;
    private boolean stopped;

    /**
     * @param due         takes orders that can be claimed now
     * @param enteredLane called when an order has come to a lane
     */
    OrderRunner(ClaimTable claims, StepExecution steps, Duration lease, Slots slots, Context context,
            Consumer<Collection<UUID>> due, Runnable enteredLane) {
        this.claims = claims;
        this.steps = steps;
        this.lease = lease;
        this.slots = slots;
        this.context = context;
        this.due = due;
        this.enteredLane = enteredLane;
    }

    /** Begins no further step. */
    void stop() {
        stopped = true;
    }

    /** Takes an order on, in a slot that was taken for it. */
    void run(Claim claim) {
        run(claim, CallMode.NORMAL, result -> {
        });
    }

    /** @param ended takes the result of the step, once it is written; null if the step was not begun */
    void run(Claim claim, CallMode mode, Consumer<StepResult> ended) {
        slots.hold(claim);
        if (stopped) {
            giveBack(claim);
            ended.accept(null);
            return;
        }
        Instant startedAt = claim.now();
        Uni<Written> written = claim.cancelRequested()
                ? steps.cancel(claim, startedAt, null)
                : steps.call(claim, mode).chain(result -> steps.write(claim, startedAt, result, true));
        written.subscribe().with(done -> context.runOnContext(ignored -> {
            ended.accept(done.attempt().result());
            goOn(done);
        }), failure -> context.runOnContext(ignored -> {
            ended.accept(null);
            notWritten(claim, failure);
        }));
    }

    /** What follows once an attempt is written. */
    void goOn(Written written) {
        Attempt attempt = written.attempt();
        switch (written.result().kind()) {
            case WRITTEN -> {
                if (attempt.goesOn() && attempt.keep()) {
                    run(steps.next(written));
                    return;
                }
                if (attempt.cancel() && attempt.decision().step() != null) {
                    due.accept(List.of(attempt.orderId()));
                }
            }
            case IN_LANE -> enteredLane.run();
            case REFUSED -> LOG.infof("A late result of order %s at %s was refused: another worker has taken it over",
                    attempt.orderId(), attempt.claim().step().wireName());
            case CANCEL_REQUESTED -> throw new IllegalStateException("A cancelled order was asked to be cancelled");
        }
        slots.release(attempt.claim());
    }

    private void giveBack(Claim claim) {
        claims.giveBack(List.of(claim), false)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(lease.toMillis())
                .onItemOrFailure()
                .invoke((done, failure) -> context.runOnContext(ignored -> slots.release(claim)))
                .subscribe()
                .with(done -> {
                }, failure -> LOG.warnf("Order %s could not be given back (%s)", claim.state().id(), failure));
    }

    private void notWritten(Claim claim, Throwable failure) {
        LOG.errorf(
                "The result of order %s at %s could not be written (%s); another worker takes it over when its lease ends",
                claim.state().id(), claim.step().wireName(), failure);
        slots.release(claim);
    }
}
