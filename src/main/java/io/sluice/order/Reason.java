package io.sluice.order;

import java.util.Objects;

/**
 * Why an order is held or failed.
 *
 * @param code       stable and short, for programs: {@code partner-refused}
 * @param detail     one sentence for a person
 * @param httpStatus the partner's status code, or null if there was none
 */
public record Reason(String code, String detail, Integer httpStatus) {

    public static final String PARTNER_REFUSED = "partner-refused";
    public static final String PARTNER_UNAVAILABLE = "partner-unavailable";
    public static final String PARTNER_ERROR = "partner-error";
    public static final String PARTNER_NO_ANSWER = "partner-no-answer";
    public static final String PARTNER_GARBLED = "partner-garbled";
    public static final String FOUND_AT_PARTNER = "found-at-partner";
    public static final String SHIPMENT_NOT_FOUND_YET = "shipment-not-found-yet";
    public static final String SHIPMENT_VOIDED = "shipment-voided";
    public static final String NO_SHIPMENT = "no-shipment";
    public static final String PARTNER_DOWN = "partner-down";
    public static final String PARTNER_PAUSED = "partner-paused";
    public static final String UNKNOWN_PARTNER = "unknown-partner";
    public static final String PARTNER_BUSY = "partner-busy";
    public static final String WORKER_LOST = "worker-lost";
    public static final String SLIP_NOT_DRAWN = "slip-not-drawn";
    public static final String UNKNOWN_STEP = "unknown-step";
    public static final String INTERNAL = "internal-error";

    public Reason {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
    }

    /** The same reason with a sentence added to what it tells. */
    public Reason withMore(String sentence) {
        return new Reason(code, detail + " " + sentence, httpStatus);
    }
}
