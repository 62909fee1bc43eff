package io.sluice.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How one partner behaves at the moment.
 *
 * @param latencyMs milliseconds until a call that changes something takes effect
 * @param failureRate share of such calls that are refused, 0 to 1
 * @param down whether every call is answered 503
 * @param lostResponseRate share of such calls that take effect and are never answered, 0 to 1
 */
record PartnerSettings(long latencyMs, double failureRate, boolean down, double lostResponseRate) {

    static final long MAX_LATENCY_MS = 86_400_000;

    /** @throws Problem 422 if a member is unknown, of the wrong type or out of range; then nothing changes */
    PartnerSettings patchedWith(Input input) {
        PartnerSettings patched = new PartnerSettings(
                input.integer("/latencyMs", 0, MAX_LATENCY_MS).orElse(latencyMs),
                input.rate("/failureRate").orElse(failureRate),
                input.flag("/down").orElse(down),
                input.rate("/lostResponseRate").orElse(lostResponseRate));
        input.refuseOthers();
        input.check();
        return patched;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("latencyMs", latencyMs)
                .put("failureRate", failureRate)
                .put("down", down)
                .put("lostResponseRate", lostResponseRate);
    }
}
