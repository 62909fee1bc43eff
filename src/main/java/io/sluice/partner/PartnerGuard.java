package io.sluice.partner;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

/**
 * Stands before every call to a partner: limits how much it is asked to do, and finds out that it is down. Whether it is
 * down is then known to all workers ({@link PartnerBoard}): nothing but a probe is sent until it is back.
 */
@ApplicationScoped
public class PartnerGuard {
    private static final TypeLiteral<Uni<StepResult>> RESULT = new TypeLiteral<>() {};
    /** The clients give up first, and close their connection; this is for a client that does not. */
    private static final long GRACE_MS = 2000;
    /** Short waits for the rate limit are spent here; for longer ones the order gives its slot back. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<String> NO_FAILURES = Set.of(Reason.INTERNAL, Reason.SHIPMENT_NOT_FOUND_YET);

    private final PartnerCalls calls;
    private final PartnerBoard board;
    private final PartnerTraffic traffic;
    private final CircuitBreakerMaintenance breakers;
    private final Map<Partner, TypedGuard<Uni<StepResult>>> limits = new HashMap<>();
    private final Map<Partner, TypedGuard<Uni<StepResult>>> detectors = new HashMap<>();
    private Consumer<Partner> onOpen = partner -> {
    };

    PartnerGuard(PartnerCalls calls, PartnerDirectory directory, PartnerBoard board, PartnerTraffic traffic,
            PartnerConfig config,
            CircuitBreakerMaintenance breakers) {
        this.calls = calls;
        this.board = board;
        this.traffic = traffic;
        this.breakers = breakers;
        for (Partner partner : directory.all()) {
            limits.put(partner, limit(partner, config));
            detectors.put(partner, detector(partner, config));
        }
    }

    /** Outside of the breaker, which would take a call that is turned away here for one that went well. */
    private static TypedGuard<Uni<StepResult>> limit(Partner partner, PartnerConfig config) {
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

    private TypedGuard<Uni<StepResult>> detector(Partner partner, PartnerConfig config) {
        return TypedGuard.create(RESULT)
                .withDescription(partner.inWords())
                .withTimeout()
                .duration(config.timeoutMs() + GRACE_MS, ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .name(partner.name())
                .requestVolumeThreshold(config.breakerCalls())
                .failureRatio(1)
                // How long it stays open is not for this process to say; the board does.
                .delay(1, ChronoUnit.SECONDS)
                .failOn(List.of(PartnerFailed.class, TimeoutException.class))
                .onStateChange(state -> changed(partner, state))
                .done()
                .build();
    }

    /** Called, on any thread, when a partner turns out to be down. */
    public void onOpen(Consumer<Partner> listener) {
        onOpen = listener;
    }

    private void changed(Partner partner, CircuitBreakerState state) {
        if (state == CircuitBreakerState.OPEN) {
            board.presumeDown(partner);
            onOpen.accept(partner);
        }
    }

    /** Carries a step out, unless its partner is known to be down. Never fails. */
    public Uni<StepResult> call(StepCall call) {
        Partner partner = call.partner();
        return Uni.createFrom().deferred(() -> {
            if (!board.up(partner)) {
                return Uni.createFrom().item(held(partner));
            }
            return guarded(partner, call, System.nanoTime() + PATIENCE.toNanos());
        }).map(result -> board.up(partner) ? result : holdIfFailed(partner, result));
    }

    /** Carries a step out although the partner is down, to find out whether it still is. Never fails. */
    public Uni<StepResult> probe(StepCall call) {
        return traffic.count(call.partner(), calls.call(call))
                .map(result -> holdIfFailed(call.partner(), result));
    }

    /** Whether the partner answers at all, for when no order waits that could find out. Never fails. */
    public Uni<StepResult> probe(Partner partner) {
        return calls.probe(partner).map(result -> holdIfFailed(partner, result));
    }

    /** What comes of a step that is not begun, because its partner is down. */
    public static StepResult held(Partner partner) {
        return held(partner, null, false);
    }

    /** Forgets what this process has found out, because the partner is back. */
    public void reset(Partner partner) {
        breakers.reset(partner.name());
    }

    /** Whether this process has found that the partner is down, and not been reset since. */
    public boolean tripped(Partner partner) {
        return breakers.currentState(partner.name()) != CircuitBreakerState.CLOSED;
    }

    private Uni<StepResult> guarded(Partner partner, StepCall call, long giveUpAt) {
        return limits.get(partner)
                .get(() -> System.nanoTime() > giveUpAt
                        ? Uni.createFrom().item(postponed(partner))
                        : detected(partner, call))
                .onFailure(failure -> failure instanceof RateLimitException || failure instanceof BulkheadException)
                .recoverWithUni(failure -> later(partner, call, giveUpAt, failure))
                .onFailure()
                .recoverWithItem(PartnerCalls::internal);
    }

    private Uni<StepResult> detected(Partner partner, StepCall call) {
        return detectors.get(partner)
                .get(() -> traffic.count(partner, calls.call(call)).onItem().transformToUni(PartnerGuard::asFailure))
                .onFailure(PartnerFailed.class)
                .recoverWithItem(failure -> ((PartnerFailed) failure).result)
                .onFailure(CircuitBreakerOpenException.class)
                .recoverWithItem(failure -> held(partner))
                .onFailure(TimeoutException.class)
                .recoverWithItem(failure -> new StepResult.NoAnswer(new Reason(Reason.PARTNER_NO_ANSWER,
                        PartnerText.the(partner) + " did not answer in time.", null)));
    }

    private Uni<StepResult> later(Partner partner, StepCall call, long giveUpAt, Throwable failure) {
        Duration wait = Duration.ofMillis(failure instanceof RateLimitException limited
                ? Math.max(1, limited.getRetryAfterMillis())
                : 100);
        if (System.nanoTime() + wait.toNanos() > giveUpAt) {
            return Uni.createFrom().item(postponed(partner));
        }
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait).chain(() -> guarded(partner, call, giveUpAt));
    }

    /** Spread, so that those who were turned away together do not come back together. */
    private static StepResult postponed(Partner partner) {
        return new StepResult.Postponed(new Reason(Reason.PARTNER_BUSY,
                PartnerText.the(partner) + " has as much to do as it may be given.", null),
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(2000, 10_000)));
    }

    /** The breaker counts exceptions. */
    private static Uni<StepResult> asFailure(StepResult result) {
        return failed(result)
                ? Uni.createFrom().failure(new PartnerFailed(result))
                : Uni.createFrom().item(result);
    }

    /** Whether this speaks for a partner that is down. One that refuses, has nothing, or asks for fewer calls, is not. */
    static boolean failed(StepResult result) {
        Reason reason = reason(result);
        return reason != null && !NO_FAILURES.contains(reason.code())
                && !Objects.equals(reason.httpStatus(), TOO_MANY_REQUESTS);
    }

    private static Reason reason(StepResult result) {
        if (result instanceof StepResult.Unavailable unavailable) {
            return unavailable.reason();
        }
        return result instanceof StepResult.NoAnswer noAnswer ? noAnswer.reason() : null;
    }

    private static StepResult holdIfFailed(Partner partner, StepResult result) {
        return failed(result) ? held(partner, reason(result), result instanceof StepResult.NoAnswer) : result;
    }

    private static StepResult held(Partner partner, Reason why, boolean unknown) {
        String detail = PartnerText.the(partner) + " is down; the order goes on when it is back.";
        return new StepResult.Held(partner,
                new Reason(Reason.PARTNER_DOWN, why == null ? detail : detail + " " + why.detail(),
                        why == null ? null : why.httpStatus()),
                unknown);
    }

    /** A failed call, as the breaker wants to be told of it. */
    private static final class PartnerFailed extends RuntimeException {
        private final transient StepResult result;

        private PartnerFailed(StepResult result) {
            super(null, null, false, false);
            this.result = result;
        }
    }
}
