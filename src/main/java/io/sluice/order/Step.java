package io.sluice.order;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The steps an order can take; which of them it takes, and in which sequence, is the {@link HandlingPlan}. */
public enum Step {
    PRINT_PACKING_SLIP("print-packing-slip", PartnerKind.PRINTER), CREATE_SHIPMENT("create-shipment",
            PartnerKind.CARRIER), SEND_TRACKING("send-tracking",
                    PartnerKind.MARKETPLACE), MARK_SHIPPED("mark-shipped", PartnerKind.MARKETPLACE),
    /** Undoes the shipment of a cancelled order; no part of any plan. */
    VOID_SHIPMENT("void-shipment", PartnerKind.CARRIER);

    private final String wireName;
    private final PartnerKind kind;

    Step(String wireName, PartnerKind kind) {
        this.wireName = wireName;
        this.kind = kind;
    }

    /** The name used in configuration, JSON, database and messages, for example {@code create-shipment}. */
    public String wireName() {
        return wireName;
    }

    /** The kind of partner that carries the step out. */
    public PartnerKind kind() {
        return kind;
    }

    /**
     * The step of that name.
     *
     * @throws IllegalArgumentException naming the unknown step and the known ones
     */
    public static Step of(String wireName) {
        for (Step step : values()) {
            if (step.wireName.equals(wireName)) {
                return step;
            }
        }
        throw new IllegalArgumentException("unknown step '" + wireName + "'; known steps are " + names());
    }

    /** The names of the steps of a plan, separated by commas. */
    public static String names() {
        return Arrays.stream(values())
                .filter(step -> step != VOID_SHIPMENT)
                .map(Step::wireName)
                .collect(Collectors.joining(", "));
    }

    /** Like {@link #of(String)}, for a column that may be empty. */
    public static Step ofNullable(String wireName) {
        return wireName == null ? null : of(wireName);
    }
}
