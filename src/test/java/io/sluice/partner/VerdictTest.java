package io.sluice.partner;

import static io.sluice.partner.Verdict.CALL_FAILS;
import static io.sluice.partner.Verdict.NOTHING;
import static io.sluice.partner.Verdict.ORDER_FAILS;
import static io.sluice.partner.Verdict.PARTNER_FAILS;
import static io.sluice.partner.Verdict.WORKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;

class VerdictTest {

    private static Reason reason(String code, Integer status) {
        return new Reason(code, "Because.", status);
    }

    /** What is said of the same failure, whether the partner did nothing, or it is not known what it did. */
    private static Verdict ofFailure(Reason reason) {
        Verdict verdict = Verdict.of(new StepResult.Unavailable(reason, null));
        assertThat(Verdict.of(new StepResult.NoAnswer(reason))).isEqualTo(verdict);
        return verdict;
    }

    @Test
    void done_works() {
        assertThat(Verdict.of(StepResult.Done.PLAIN)).isEqualTo(WORKS);
        assertThat(Verdict.of(new StepResult.Done(Calls.SHIPMENT, reason(Reason.FOUND_AT_PARTNER, null))))
                .isEqualTo(WORKS);
    }

    @ParameterizedTest
    @CsvSource({"partner-refused, 400, WORKS", "partner-refused, 404, WORKS", "partner-refused, 422, WORKS",
            "no-shipment, , WORKS",
            "internal-error, , NOTHING", "slip-not-drawn, , NOTHING", "unknown-step, , NOTHING",
            "unknown-partner, , NOTHING", "shipment-not-found-yet, 404, NOTHING"})
    void refused(String code, Integer status, Verdict verdict) {
        assertThat(Verdict.of(new StepResult.Refused(reason(code, status)))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
            // It cannot be reached, or says so of itself.
            "partner-unavailable, , PARTNER_FAILS", "partner-no-answer, , PARTNER_FAILS",
            "partner-unavailable, 408, PARTNER_FAILS", "partner-unavailable, 503, PARTNER_FAILS",
            // It answers this order with an error.
            "partner-unavailable, 500, ORDER_FAILS", "partner-unavailable, 501, ORDER_FAILS",
            "partner-unavailable, 502, ORDER_FAILS", "partner-unavailable, 504, ORDER_FAILS",
            "partner-unavailable, 302, ORDER_FAILS",
            "partner-garbled, , ORDER_FAILS", "partner-garbled, 200, ORDER_FAILS", "partner-garbled, 503, ORDER_FAILS",
            "partner-error, , ORDER_FAILS",
            // It asks for fewer calls.
            "partner-unavailable, 429, NOTHING",
            // It was not asked.
            "internal-error, , NOTHING", "internal-error, 500, NOTHING", "slip-not-drawn, , NOTHING",
            "unknown-step, , NOTHING", "unknown-partner, , NOTHING", "shipment-not-found-yet, 404, NOTHING"})
    void failed(String code, Integer status, Verdict verdict) {
        assertThat(ofFailure(reason(code, status))).isEqualTo(verdict);
    }

    @Test
    void callThatWasNotMade_saysNothing() {
        Reason why = reason(Reason.PARTNER_DOWN, null);
        assertThat(Verdict.of(new StepResult.Held(Partner.defaultOf(PartnerKind.CARRIER), why, true, true)))
                .isEqualTo(NOTHING);
        assertThat(Verdict.of(new StepResult.Postponed(why, Duration.ofSeconds(1)))).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = {"WORKS", "NOTHING"}, mode = EnumSource.Mode.EXCLUDE)
    void failure_isThePartners_ifItAnswersNoQuestionEither(Verdict verdict) {
        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.given(false)).isEqualTo(PARTNER_FAILS);
        assertThat(PARTNER_FAILS.mayBeTheOrders()).isFalse();
    }

    @Test
    void failure_mayBeTheOrders_ifThePartnerAnswersQuestions() {
        assertThat(PARTNER_FAILS.given(true)).isEqualTo(CALL_FAILS);
        assertThat(ORDER_FAILS.given(true)).isEqualTo(ORDER_FAILS);
        assertThat(CALL_FAILS.mayBeTheOrders()).isTrue();
        assertThat(ORDER_FAILS.mayBeTheOrders()).isTrue();
    }

    @Test
    void whatIsNoFailure() {
        assertThat(WORKS.fails()).isFalse();
        assertThat(NOTHING.fails()).isFalse();
    }
}
