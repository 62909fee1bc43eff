package io.sluice.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How one partner behaves at the moment.
 *
 * @param latencyMs milliseconds until a call that changes something takes effect
 * @param failureRate share of such calls that are refused, 0 to 1
 * @param down whether every call is answered 503
 * @param lostResponseRate share of such calls that take effect and are never answered, 0 to 1
 * @param fault how calls are answered that are not answered as they should
 * @param faultRate share of calls that suffer the fault, 0 to 1
 * @param faultOnLookups whether look-ups suffer it too
 * @param faultPrefix with what the names of the calls begin that suffer it: idempotency keys, or what is looked up
 * @param retryAfterSeconds what {@link Fault#TOO_MANY_REQUESTS} asks for
 */
record PartnerSettings(long latencyMs, double failureRate, boolean down, double lostResponseRate, Fault fault,
        double faultRate, boolean faultOnLookups, String faultPrefix, long retryAfterSeconds) {

    static final long MAX_LATENCY_MS = 86_400_000;
    private static final long MAX_RETRY_AFTER_SECONDS = 86_400;

    PartnerSettings(long latencyMs, double failureRate) {
        this(latencyMs, failureRate, false, 0, Fault.NONE, 1, false, "", 1);
    }

    /** @throws Problem 422 if a member is unknown, of the wrong type or out of range; then nothing changes */
    PartnerSettings patchedWith(Input input) {
        PartnerSettings patched = new PartnerSettings(
                input.integer("/latencyMs", 0, MAX_LATENCY_MS).orElse(latencyMs),
                input.rate("/failureRate").orElse(failureRate),
                input.flag("/down").orElse(down),
                input.rate("/lostResponseRate").orElse(lostResponseRate),
                input.fault("/fault").orElse(fault),
                input.rate("/faultRate").orElse(faultRate),
                input.flag("/faultOnLookups").orElse(faultOnLookups),
                input.prefix("/faultPrefix").orElse(faultPrefix),
                input.integer("/retryAfterSeconds", 0, MAX_RETRY_AFTER_SECONDS).orElse(retryAfterSeconds));
        input.refuseOthers();
        input.check();
        return patched;
    }

    /** What befalls a call that changes something. */
    Fault faultOfEffect(Fate fate, String call) {
        Fault drawn = drawn(fate, call);
        return drawn == Fault.NONE && fate.lostAt(lostResponseRate) ? Fault.DROP : drawn;
    }

    Fault faultOfLookUp(Fate fate, String call) {
        return faultOnLookups ? drawn(fate, call) : Fault.NONE;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("latencyMs", latencyMs)
                .put("failureRate", failureRate)
                .put("down", down)
                .put("lostResponseRate", lostResponseRate)
                .put("fault", fault.wireName())
                .put("faultRate", faultRate)
                .put("faultOnLookups", faultOnLookups)
                .put("faultPrefix", faultPrefix)
                .put("retryAfterSeconds", retryAfterSeconds);
    }

    private Fault drawn(Fate fate, String call) {
        return fate.faultyAt(faultRate) && call.startsWith(faultPrefix) ? fault : Fault.NONE;
    }
}
