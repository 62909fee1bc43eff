package io.sluice.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.json.InputException;
import io.sluice.json.InputObject;

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

    /** @throws InputException if a field is unknown, of the wrong type or out of range; then nothing changes */
    PartnerSettings patchedWith(InputObject patch) {
        PartnerSettings patched = new PartnerSettings(
                orElse(patch.optionalLong("latencyMs", 0, MAX_LATENCY_MS), latencyMs),
                orElse(patch.optionalNumber("failureRate", 0, 1), failureRate),
                orElse(patch.optionalBoolean("down"), down),
                orElse(patch.optionalNumber("lostResponseRate", 0, 1), lostResponseRate),
                Fault.read(patch, "fault", fault),
                orElse(patch.optionalNumber("faultRate", 0, 1), faultRate),
                orElse(patch.optionalBoolean("faultOnLookups"), faultOnLookups),
                orElse(patch.anyText("faultPrefix"), faultPrefix),
                orElse(patch.optionalLong("retryAfterSeconds", 0, MAX_RETRY_AFTER_SECONDS), retryAfterSeconds));
        patch.rejectNulls("fault");
        patch.rejectOtherFields();
        patch.check();
        return patched;
    }

    private static <T> T orElse(T patched, T current) {
        return patched == null ? current : patched;
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
