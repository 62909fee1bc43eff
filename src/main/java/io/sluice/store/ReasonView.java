package io.sluice.store;

/** Why an order is held or failed, as JSON shows it. */
public record ReasonView(String code, String detail, Integer httpStatus) {

    /** Null if there is no code. */
    public static ReasonView of(String code, String detail, Integer httpStatus) {
        return code == null ? null : new ReasonView(code, detail, httpStatus);
    }

    /** Without what a partner said, because it may repeat an address. */
    static ReasonView masked(ReasonView reason) {
        return reason == null ? null : new ReasonView(reason.code(), reason.code(), reason.httpStatus());
    }
}
