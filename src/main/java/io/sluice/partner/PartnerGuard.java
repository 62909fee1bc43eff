package io.sluice.partner;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import io.sluice.order.CallMode;
import io.sluice.order.HandlingRules;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

/**
 * Stands before every call to a partner: limits the calls, and finds out that the partner is down. All workers then
 * know ({@link PartnerBoard}), and nothing but a probe is sent until it works again.
 */
@ApplicationScoped
public class PartnerGuard {
    private static final TypeLiteral<Uni<StepResult>> RESULT = new TypeLiteral<>() {};
    /** The clients give up first, and close their connection; this is for a client that does not. */
    private static final long GRACE_MS = 2000;
    /** Short waits for the rate limit are spent here; for longer ones the order gives its slot back. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A partner that needs longer to answer a question does not work. The lease of the order still lasts then. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);
    private static final Duration AFTER_TRIAL = Duration.ofSeconds(1);

    private final PartnerCalls calls;
    private final PartnerBoard board;
    private final PartnerTraffic traffic;
    private final PartnerConfig config;
    /** How many failures in a row it takes. No order must fail for good only to find out that its partner is down. */
    private final int streakLimit;
    private final Map<Partner, Line> lines = new ConcurrentHashMap<>();
    private Consumer<Partner> onDown = partner -> {
    };
    private Consumer<Partner> onWorks = partner -> {
    };

    PartnerGuard(PartnerCalls calls, PartnerBoard board, PartnerTraffic traffic, PartnerConfig config,
            HandlingRules rules) {
        this.calls = calls;
        this.board = board;
        this.traffic = traffic;
        this.config = config;
        this.streakLimit = Math.min(config.breakerCalls(), Math.max(2, rules.retries().maxAttempts()));
    }

    /** What stands between this process and one partner. */
    private record Line(TypedGuard<Uni<StepResult>> limits, TypedGuard<Uni<StepResult>> timeout, FailureStreak streak,
            AtomicInteger underway) {}

    private Line line(Partner partner) {
        return lines.computeIfAbsent(partner, key -> new Line(limits(key), timeout(key),
                new FailureStreak(streakLimit), new AtomicInteger()));
    }

    private TypedGuard<Uni<StepResult>> limits(Partner partner) {
        return TypedGuard.create(RESULT)
                .withDescription("limits of the " + partner.inWords())
                .withBulkhead()
                .limit(config.maxInFlight())
                .queueSize(1)
                .done()
                .withRateLimit()
                .type(RateLimitType.SMOOTH)
                .limit(config.maxRate())
                .window(1, ChronoUnit.SECONDS)
                .done()
                .build();
    }

    private TypedGuard<Uni<StepResult>> timeout(Partner partner) {
        return TypedGuard.create(RESULT)
                .withDescription(partner.inWords())
                .withTimeout()
                .duration(config.timeoutMs() + GRACE_MS, ChronoUnit.MILLIS)
                .done()
                .build();
    }

    /**
     * Who hears of partners.
     *
     * @param down  called, on any thread, when one turns out to be down
     * @param works called, on any thread, when a call to one that counts as down succeeds
     */
    public void listen(Consumer<Partner> down, Consumer<Partner> works) {
        onDown = down;
        onWorks = works;
    }

    /** Carries a step out, unless its partner is down or paused and this is no probe. Never fails. */
    public Uni<Judged> call(StepCall call, CallMode mode) {
        Partner partner = call.partner();
        return Uni.createFrom().deferred(() -> {
            if (mode.probe()) {
                return timed(partner, call);
            }
            return board.up(partner)
                    ? limited(partner, call, System.nanoTime() + PATIENCE.toNanos())
                    : Uni.createFrom().item(held(call));
        }).chain(result -> judge(call, mode, result));
    }

    /** What an earlier call of the step did; empty if it did nothing. Never fails. */
    public Uni<Optional<Judged>> ask(StepCall call, CallMode mode) {
        return Uni.createFrom()
                .deferred(() -> mode.probe() || board.up(call.partner())
                        ? calls.ask(call)
                        : Uni.createFrom().item(Optional.of(held(call))))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : judge(call, mode, found.get()).map(Optional::of));
    }

    /** Whether the partner answers questions. Never fails. */
    public Uni<Boolean> answers(Partner partner) {
        return calls.probe(partner).map(result -> Verdict.of(result) == Verdict.WORKS);
    }

    /** Forgets the failures of a partner that works again. */
    public void reset(Partner partner) {
        line(partner).streak().end();
    }

    private Uni<StepResult> limited(Partner partner, StepCall call, long giveUpAt) {
        return line(partner).limits()
                .get(() -> System.nanoTime() > giveUpAt
                        ? Uni.createFrom().item(postponed(partner))
                        : timed(partner, call))
                .onFailure(failure -> failure instanceof RateLimitException || failure instanceof BulkheadException)
                .recoverWithUni(failure -> later(partner, call, giveUpAt, failure))
                .onFailure()
                .recoverWithItem(PartnerCalls::internal);
    }

    private Uni<StepResult> timed(Partner partner, StepCall call) {
        AtomicInteger underway = line(partner).underway();
        underway.incrementAndGet();
        return line(partner).timeout()
                .get(() -> traffic.count(partner, calls.call(call)))
                .onFailure(TimeoutException.class)
                .recoverWithItem(failure -> new StepResult.NoAnswer(new Reason(Reason.PARTNER_NO_ANSWER,
                        PartnerText.the(partner) + " did not answer in time.", null)))
                .onTermination()
                .invoke(underway::decrementAndGet);
    }

    private Uni<StepResult> later(Partner partner, StepCall call, long giveUpAt, Throwable failure) {
        Duration wait = Duration.ofMillis(failure instanceof RateLimitException limited
                ? Math.max(1, limited.getRetryAfterMillis())
                : 100);
        if (System.nanoTime() + wait.toNanos() > giveUpAt) {
            return Uni.createFrom().item(postponed(partner));
        }
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait).chain(() -> limited(partner, call, giveUpAt));
    }

    /** Spread, so that orders that were turned away together do not come back together. */
    private static StepResult postponed(Partner partner) {
        return new StepResult.Postponed(new Reason(Reason.PARTNER_BUSY, PartnerText.the(partner)
                + " already has as many calls as it may be given.", null),
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(2000, 10_000)));
    }

    /** A call that failed is followed by a question: a partner that does not answer that one either is down. */
    private Uni<Judged> judge(StepCall call, CallMode mode, StepResult result) {
        Verdict verdict = Verdict.of(result);
        if (verdict == Verdict.WORKS) {
            worked(call.partner());
        }
        if (!verdict.fails()) {
            return Uni.createFrom().item(new Judged(result, verdict, null));
        }
        return answers(call.partner()).ifNoItem()
                .after(TO_ANSWER)
                .recoverWithItem(false)
                .map(verdict::given)
                .map(informed -> new Judged(blame(call, mode, result, informed), informed,
                        informed.mayBeTheOrders() ? board.now() : null));
    }

    /**
     * Decides whose failure it is. It is the order's own if the partner answers questions, and has worked since this
     * order began to fail: then it spends an attempt. Else, while the partner is down, or if this is the failure that
     * proves it, the order is held and spends none.
     */
    private StepResult blame(StepCall call, CallMode mode, StepResult result, Verdict verdict) {
        Partner partner = call.partner();
        if (isItsOwn(call, mode, verdict)) {
            return result;
        }
        if (board.up(partner)) {
            Line line = line(partner);
            if (!line.streak().add(call.orderId(), verdict, line.underway().get()) && mode != CallMode.TRIAL) {
                return mode == CallMode.BEFORE_TRIAL
                        ? new StepResult.Postponed(result.reason(), AFTER_TRIAL, result instanceof StepResult.NoAnswer)
                        : result;
            }
            board.presumeDown(partner);
            onDown.accept(partner);
        }
        return new StepResult.Held(partner, why(partner, result.reason()), result instanceof StepResult.NoAnswer,
                call.failingSince() == null && !verdict.mayBeTheOrders());
    }

    private void worked(Partner partner) {
        line(partner).streak().end();
        board.succeeded(partner);
        if (!board.up(partner)) {
            onWorks.accept(partner);
        }
    }

    private boolean isItsOwn(StepCall call, CallMode mode, Verdict verdict) {
        return verdict == Verdict.ORDER_FAILS && mode == CallMode.PROBE_OF_FEW
                || verdict.mayBeTheOrders() && board.workedSince(call.partner(), call.failingSince());
    }

    /** The call is not made. */
    private StepResult held(StepCall call) {
        return new StepResult.Held(call.partner(), why(call.partner(), null), false, call.failingSince() == null);
    }

    /** What a person reads of an order that is held. */
    public static String downDetail(Partner partner) {
        return PartnerText.the(partner) + " is down; the order goes on when it works again.";
    }

    /** @param failure of the order's own call, or null */
    private Reason why(Partner partner, Reason failure) {
        boolean paused = board.state(partner) == PartnerState.PAUSED;
        String detail = paused
                ? PartnerText.the(partner) + " is paused; the order goes on when it is resumed."
                : downDetail(partner);
        return new Reason(paused ? Reason.PARTNER_PAUSED : Reason.PARTNER_DOWN,
                failure == null ? detail : detail + " " + failure.detail(),
                failure == null ? null : failure.httpStatus());
    }
}
