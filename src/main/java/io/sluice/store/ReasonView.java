package io.sluice.store;

/** Why an order is held or failed, as JSON shows it. */
public record ReasonView(String code, String detail, Integer httpStatus) {

    /** Null if there is no code. */
    public static ReasonView of(String code, String detail, Integer httpStatus) {
        return code == null ? null : new ReasonView(code, detail, httpStatus);
    }
}
