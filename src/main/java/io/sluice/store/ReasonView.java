package io.sluice.store;

/** Why an order is held or failed, as JSON shows it. */
public record ReasonView(String code, String detail, Integer httpStatus) {

    static ReasonView of(String code, String detail, Integer httpStatus) {
        return code == null ? null : new ReasonView(code, detail, httpStatus);
    }
}
