package io.sluice.partner;

import java.util.Set;

import io.sluice.order.Reason;
import io.sluice.order.StepResult;

/** What the result of a call says about the partner. */
public enum Verdict {
    /** It works. A refusal says so, too: the partner understood, and said no. */
    WORKS,
    /** It does not work: no connection, no answer, or a status that speaks of the service itself. */
    PARTNER_FAILS,
    /** The same, but it answers questions. The order may be to blame: some break the connection each time. */
    CALL_FAILS,
    /** It answered this order with an error. Whether the order or the partner is to blame, others decide. */
    ORDER_FAILS,
    /** Nothing: the call was not made, or the partner asked for fewer calls. */
    NOTHING;

    private static final Set<String> OUR_OWN = Set.of(Reason.INTERNAL, Reason.SLIP_NOT_DRAWN, Reason.UNKNOWN_STEP,
            Reason.UNKNOWN_PARTNER, Reason.SHIPMENT_NOT_FOUND_YET);
    private static final Set<String> ANSWERED = Set.of(Reason.PARTNER_GARBLED, Reason.PARTNER_ERROR);
    private static final int TOO_MANY_REQUESTS = 429;
    /** Request Timeout and Service Unavailable (RFC 9110, sections 15.5.9 and 15.6.4). */
    private static final Set<Integer> OF_THE_SERVICE = Set.of(408, 503);

    /** What {@code result} says. */
    public static Verdict of(StepResult result) {
        if (result instanceof StepResult.Done) {
            return WORKS;
        }
        if (result instanceof StepResult.Refused refused) {
            return OUR_OWN.contains(refused.reason().code()) ? NOTHING : WORKS;
        }
        if (result instanceof StepResult.Unavailable unavailable) {
            return ofFailure(unavailable.reason());
        }
        return result instanceof StepResult.NoAnswer noAnswer ? ofFailure(noAnswer.reason()) : NOTHING;
    }

    private static Verdict ofFailure(Reason reason) {
        if (OUR_OWN.contains(reason.code())) {
            return NOTHING;
        }
        if (ANSWERED.contains(reason.code())) {
            return ORDER_FAILS;
        }
        Integer status = reason.httpStatus();
        if (status == null || OF_THE_SERVICE.contains(status)) {
            return PARTNER_FAILS;
        }
        return status == TOO_MANY_REQUESTS ? NOTHING : ORDER_FAILS;
    }

    boolean fails() {
        return this == PARTNER_FAILS || mayBeTheOrders();
    }

    /** Whether the order may be to blame for the failure. */
    public boolean mayBeTheOrders() {
        return this == CALL_FAILS || this == ORDER_FAILS;
    }

    /** The verdict on a failure, given that the partner answers a question right after it, or does not. */
    Verdict given(boolean answersQuestions) {
        if (!answersQuestions) {
            return PARTNER_FAILS;
        }
        return this == PARTNER_FAILS ? CALL_FAILS : this;
    }
}
