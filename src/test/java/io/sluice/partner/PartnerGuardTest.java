package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.CallMode;
import io.sluice.order.HandlingPlan;
import io.sluice.order.HandlingRules;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Reason;
import io.sluice.order.RetryPolicy;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.testing.SluiceServices;
import io.vertx.core.Vertx;

/** Whose failure it is: the order's, or the partner's. The partner is a real HTTP server that answers as it is told. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class PartnerGuardTest {
    private static final Partner CARRIER = Partner.defaultOf(PartnerKind.CARRIER);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);

    @Inject
    Vertx vertx;
    /** Four failures in a row. */
    @Inject
    PartnerConfig config;

    private final CountDownLatch slowOnesMayEnd = new CountDownLatch(1);
    private final PartnerBoard board = new PartnerBoard();
    private final List<Partner> down = new CopyOnWriteArrayList<>();
    private final List<Partner> works = new CopyOnWriteArrayList<>();
    private volatile int status = 201;
    private volatile boolean answersQuestions = true;
    private volatile boolean slow;
    private HostilePartner carrier;
    private PartnerGuard guard;

    private void answer(String request, HostilePartner.Line out) throws IOException {
        if (request.startsWith("GET")) {
            out.answer(answersQuestions ? 200 : 502, "", "{\"shipments\":[]}");
            return;
        }
        int now = status;
        if (slow) {
            try {
                slowOnesMayEnd.await();
            } catch (InterruptedException stopped) {
                throw new InterruptedIOException();
            }
        }
        out.answer(now, "", now == 201 ? "{\"trackingNumber\":\"LP1\",\"carrier\":\"Lockkeeper Parcel\"}" : "");
    }

    @BeforeEach
    void open() {
        carrier = new HostilePartner(this::answer);
        guard = new PartnerGuard(Calls.to(carrier.uri(), vertx, 10_000), board, new PartnerTraffic(), config, rules(5));
        guard.listen(down::add, works::add);
    }

    @AfterEach
    void close() throws IOException {
        slowOnesMayEnd.countDown();
        carrier.close();
    }

    private static HandlingRules rules(int maxAttempts) {
        return new HandlingRules(new HandlingPlan(List.of(Step.CREATE_SHIPMENT), List.of()),
                new RetryPolicy(maxAttempts, Duration.ofSeconds(1), Duration.ofSeconds(1)), () -> 0);
    }

    private StepResult call(int order, CallMode mode) {
        return call(order, mode, null);
    }

    private StepResult call(int order, CallMode mode, Instant failingSince) {
        return judged(order, mode, failingSince).result();
    }

    private Judged judged(int order, CallMode mode, Instant failingSince) {
        return guard
                .call(Calls.failingSince(failingSince, Calls.first(Step.CREATE_SHIPMENT, new UUID(0, order))), mode)
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    /** The table of partners says so. */
    private void table(PartnerState state) {
        board.show(CARRIER, state, null, NOW);
    }

    private static void assertSpendsAnAttempt(StepResult result, Integer status) {
        assertThat(result).isInstanceOf(StepResult.Unavailable.class);
        assertThat(((StepResult.Unavailable) result).reason().httpStatus()).isEqualTo(status);
    }

    private static StepResult.Held held(StepResult result) {
        assertThat(result).isInstanceOf(StepResult.Held.class);
        return (StepResult.Held) result;
    }

    @Test
    void oneOrderFailsAgainAndAgain_partnerIsNotDown() {
        status = 500;
        for (int i = 0; i < 10; i++) {
            assertSpendsAnAttempt(call(1, CallMode.NORMAL), 500);
        }
        assertThat(board.up(CARRIER)).isTrue();
        assertThat(down).isEmpty();
    }

    @Test
    void fourOrdersFail_andNoneIsUnderWay_partnerIsDown() {
        status = 500;
        for (int order = 1; order <= 3; order++) {
            assertSpendsAnAttempt(call(order, CallMode.NORMAL), 500);
        }
        StepResult.Held fourth = held(call(4, CallMode.NORMAL));
        assertThat(fourth.by()).isEqualTo(CARRIER);
        assertThat(fourth.givesAttemptsBack()).as("the order may be to blame").isFalse();
        assertThat(fourth.outcomeUnknown()).isFalse();
        assertThat(fourth.reason().code()).isEqualTo(Reason.PARTNER_DOWN);
        assertThat(fourth.reason().httpStatus()).isEqualTo(500);
        assertThat(down).containsExactly(CARRIER);
        assertThat(board.up(CARRIER)).isFalse();
    }

    @Test
    void successInBetween_beginsAnew() {
        status = 500;
        for (int order = 1; order <= 3; order++) {
            call(order, CallMode.NORMAL);
        }
        status = 201;
        assertThat(call(9, CallMode.NORMAL)).isInstanceOf(StepResult.Done.class);
        status = 500;
        for (int order = 1; order <= 3; order++) {
            assertSpendsAnAttempt(call(order, CallMode.NORMAL), 500);
        }
        assertThat(down).isEmpty();
        held(call(4, CallMode.NORMAL));
    }

    @Test
    void refusalInBetween_beginsAnewToo() {
        status = 500;
        for (int order = 1; order <= 3; order++) {
            call(order, CallMode.NORMAL);
        }
        status = 422;
        assertThat(call(9, CallMode.NORMAL)).isInstanceOf(StepResult.Refused.class);
        status = 500;
        assertSpendsAnAttempt(call(4, CallMode.NORMAL), 500);
    }

    @Test
    void tooManyRequests_provesNothing() {
        status = 429;
        for (int order = 1; order <= 10; order++) {
            assertSpendsAnAttempt(call(order, CallMode.NORMAL), 429);
        }
        assertThat(down).isEmpty();
    }

    @Test
    void errorsWhileMoreCallsAreUnderWay_proveNothing() throws Exception {
        slow = true;
        List<CompletableFuture<StepResult>> slowOnes = new ArrayList<>();
        for (int order = 11; order <= 16; order++) {
            slowOnes.add(guard.call(Calls.first(Step.CREATE_SHIPMENT, new UUID(0, order)), CallMode.NORMAL)
                    .map(Judged::result)
                    .subscribe()
                    .asCompletionStage());
        }
        await().until(() -> carrier.requests().size() == 6);
        slow = false;
        status = 500;
        for (int order = 1; order <= 6; order++) {
            assertSpendsAnAttempt(call(order, CallMode.NORMAL), 500);
        }
        assertThat(down).isEmpty();
        slowOnesMayEnd.countDown();
        for (CompletableFuture<StepResult> slowOne : slowOnes) {
            assertThat(slowOne.get(1, TimeUnit.MINUTES)).isInstanceOf(StepResult.Done.class);
        }
    }

    @Test
    void fourCallsThatDoNotGetThrough_evenOfOneOrder_partnerIsDown() throws IOException {
        carrier.close();
        for (int i = 0; i < 3; i++) {
            assertSpendsAnAttempt(call(1, CallMode.NORMAL), null);
        }
        StepResult.Held fourth = held(call(1, CallMode.NORMAL));
        assertThat(fourth.givesAttemptsBack()).isTrue();
        assertThat(down).containsExactly(CARRIER);
    }

    @Test
    void partnerIsDown_nothingIsSent() {
        table(PartnerState.DOWN);
        StepResult.Held held = held(call(1, CallMode.NORMAL));
        assertThat(held.reason().code()).isEqualTo(Reason.PARTNER_DOWN);
        assertThat(held.givesAttemptsBack()).isTrue();
        assertThat(held(call(1, CallMode.TRIAL, LONG_AGO)).givesAttemptsBack()).isFalse();
        assertThat(carrier.requests()).isEmpty();
    }

    @Test
    void partnerIsPaused_nothingIsSent() {
        table(PartnerState.PAUSED);
        assertThat(held(call(1, CallMode.NORMAL)).reason().code()).isEqualTo(Reason.PARTNER_PAUSED);
        assertThat(carrier.requests()).isEmpty();
    }

    @Test
    void trialFails_partnerIsDownAtOnce() {
        status = 500;
        held(call(1, CallMode.TRIAL));
        assertThat(down).containsExactly(CARRIER);
    }

    @Test
    void trialGoesThrough_partnerWorks() {
        assertThat(call(1, CallMode.TRIAL)).isInstanceOf(StepResult.Done.class);
        assertThat(down).isEmpty();
    }

    /** The order ahead failed for reasons of its own, and so does this one, as is known already. */
    @Test
    void trialOfAnOrderWhoseFailureIsItsOwn_provesNothing() {
        call(9, CallMode.NORMAL);
        status = 500;
        assertSpendsAnAttempt(call(1, CallMode.TRIAL, LONG_AGO), 500);
        assertThat(down).isEmpty();
    }

    @Test
    void partnerHasWorkedForAnother_failureIsTheOrdersOwn() {
        call(9, CallMode.NORMAL);
        status = 500;
        for (int order = 1; order <= 10; order++) {
            assertSpendsAnAttempt(call(order, CallMode.NORMAL, LONG_AGO), 500);
        }
        assertThat(down).isEmpty();
        table(PartnerState.PROBING);
        assertSpendsAnAttempt(call(1, CallMode.PROBE, LONG_AGO), 500);
    }

    @Test
    void partnerHasNotWorkedSinceTheOrderFails_orderIsHeld() {
        table(PartnerState.PROBING);
        board.show(CARRIER, PartnerState.PROBING, LONG_AGO, NOW);
        status = 500;
        held(call(1, CallMode.PROBE, NOW));
        held(call(1, CallMode.PROBE));
        assertThat(down).as("it was down before").isEmpty();
    }

    @Test
    void anotherWorkerSawItWork_failureIsTheOrdersOwn() {
        board.show(CARRIER, PartnerState.PROBING, NOW, NOW);
        status = 500;
        assertSpendsAnAttempt(call(1, CallMode.PROBE, LONG_AGO), 500);
    }

    @Test
    void noConnection_isNeverTheOrdersOwn() throws IOException {
        board.show(CARRIER, PartnerState.PROBING, NOW, NOW);
        carrier.close();
        held(call(1, CallMode.PROBE_OF_FEW, LONG_AGO));
        held(call(1, CallMode.PROBE, LONG_AGO));
    }

    /** A proxy whose backend is gone. */
    @Test
    void errorsWhileQuestionsFailToo_areThePartners() {
        status = 502;
        answersQuestions = false;
        for (int i = 0; i < 3; i++) {
            assertThat(judged(1, CallMode.NORMAL, null).verdict()).isEqualTo(Verdict.PARTNER_FAILS);
        }
        assertThat(held(call(1, CallMode.NORMAL)).givesAttemptsBack()).isTrue();
        assertThat(down).containsExactly(CARRIER);
        board.show(CARRIER, PartnerState.PROBING, NOW, NOW);
        held(call(1, CallMode.PROBE_OF_FEW, LONG_AGO));
    }

    /** An order that the partner answers 503 each time, while it works for others. */
    @Test
    void unavailable_whileQuestionsAreAnswered_isTheOrdersOwn_onceThePartnerHasWorkedForAnother() {
        status = 503;
        for (int i = 0; i < 3; i++) {
            assertThat(judged(1, CallMode.NORMAL, null).verdict()).isEqualTo(Verdict.CALL_FAILS);
        }
        assertThat(held(call(1, CallMode.NORMAL)).givesAttemptsBack()).isFalse();
        held(call(1, CallMode.PROBE_OF_FEW));
        board.show(CARRIER, PartnerState.UP, NOW, NOW);
        for (int i = 0; i < 10; i++) {
            assertSpendsAnAttempt(call(1, CallMode.NORMAL, LONG_AGO), 503);
        }
        assertThat(down).hasSize(1);
    }

    @Test
    void orderHasFewAttempts_partnerIsDownBeforeTheyAreSpent() {
        guard = new PartnerGuard(Calls.to(carrier.uri(), vertx, 10_000), board, new PartnerTraffic(), config, rules(3));
        status = 503;
        answersQuestions = false;
        assertSpendsAnAttempt(call(1, CallMode.NORMAL), 503);
        assertSpendsAnAttempt(call(1, CallMode.NORMAL), 503);
        assertThat(held(call(1, CallMode.NORMAL)).givesAttemptsBack()).isTrue();
    }

    @Test
    void oneAttemptAlone_provesNothing() {
        guard = new PartnerGuard(Calls.to(carrier.uri(), vertx, 10_000), board, new PartnerTraffic(), config, rules(1));
        status = 503;
        assertSpendsAnAttempt(call(1, CallMode.NORMAL), 503);
        held(call(2, CallMode.NORMAL));
    }

    @Test
    void triedAgainBeforeATrial_spendsNoAttempt_andProvesNothing() {
        status = 500;
        StepResult result = call(1, CallMode.BEFORE_TRIAL);
        assertThat(result).isInstanceOf(StepResult.Postponed.class);
        assertThat(((StepResult.Postponed) result).outcomeUnknown()).isFalse();
        assertThat(((StepResult.Postponed) result).reason().httpStatus()).isEqualTo(500);
        assertThat(down).isEmpty();
        call(9, CallMode.NORMAL);
    }

    @Test
    void triedAgainBeforeATrial_andKnownToBeItsOwn_spendsAnAttempt() {
        call(9, CallMode.NORMAL);
        status = 500;
        assertSpendsAnAttempt(call(1, CallMode.BEFORE_TRIAL, LONG_AGO), 500);
    }

    @Test
    void probeOfFew_spendsAnAttempt() {
        table(PartnerState.PROBING);
        status = 500;
        assertSpendsAnAttempt(call(1, CallMode.PROBE_OF_FEW), 500);
        assertThat(board.up(CARRIER)).isFalse();
        assertThat(down).isEmpty();
        assertThat(works).isEmpty();
    }

    @Test
    void probeGoesThrough_partnerWorksAgain() {
        table(PartnerState.PROBING);
        assertThat(call(1, CallMode.PROBE)).isInstanceOf(StepResult.Done.class);
        assertThat(works).containsExactly(CARRIER);
    }

    @Test
    void probeIsRefused_partnerWorksAgain() {
        table(PartnerState.PROBING);
        status = 400;
        assertThat(call(1, CallMode.PROBE)).isInstanceOf(StepResult.Refused.class);
        assertThat(works).containsExactly(CARRIER);
    }

    @Test
    void reset_forgetsTheFailures() {
        status = 500;
        for (int order = 1; order <= 3; order++) {
            call(order, CallMode.NORMAL);
        }
        guard.reset(CARRIER);
        assertSpendsAnAttempt(call(4, CallMode.NORMAL), 500);
        assertThat(down).isEmpty();
    }
}
