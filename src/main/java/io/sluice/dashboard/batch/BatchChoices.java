package io.sluice.dashboard.batch;

import java.util.Arrays;
import java.util.List;

import io.sluice.dashboard.InvalidAddressException;
import io.sluice.order.FailurePolicy;
import io.sluice.order.PrintOrder;

/** The options of a batch, with their labels. */
public record BatchChoices(PrintOrder printOrder, FailurePolicy onFailure) {
    public static final BatchChoices DEFAULT = new BatchChoices(PrintOrder.AS_LISTED, FailurePolicy.SKIP);

    /**
     * @param printOrder wire name, or null for the default
     * @param onFailure  wire name, or null for the default
     * @throws InvalidAddressException if a name is unknown
     */
    public static BatchChoices of(String printOrder, String onFailure) {
        try {
            return new BatchChoices(printOrder == null ? DEFAULT.printOrder : PrintOrder.of(printOrder),
                    onFailure == null ? DEFAULT.onFailure : FailurePolicy.of(onFailure));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidAddressException(unknown.getMessage());
        }
    }

    /** The print order as the end of a sentence. */
    public String phrase() {
        return switch (printOrder) {
            case AS_LISTED -> ", top to bottom";
            case REVERSED -> ", bottom-up";
            case ANY -> ", in any order";
        };
    }

    public Choice printed() {
        return choice(printOrder);
    }

    public Choice failing() {
        return choice(onFailure);
    }

    public List<Choice> printOrders() {
        return Arrays.stream(PrintOrder.values()).map(this::choice).toList();
    }

    public List<Choice> failurePolicies() {
        return Arrays.stream(FailurePolicy.values()).map(this::choice).toList();
    }

    private Choice choice(PrintOrder one) {
        boolean chosen = one == printOrder;
        return switch (one) {
            case AS_LISTED -> new Choice(one.wireName(), "Top to bottom", "Slips are printed in list order.",
                    chosen);
            case REVERSED -> new Choice(one.wireName(), "Bottom-up",
                    "The last order first, for printers that stack sheets face up.", chosen);
            case ANY -> new Choice(one.wireName(), "Any order",
                    "Slips are printed as soon as they are ready.", chosen);
        };
    }

    private Choice choice(FailurePolicy one) {
        boolean chosen = one == onFailure;
        return switch (one) {
            case SKIP -> new Choice(one.wireName(), "Skip", "Continue with the next order. Retry the failed one later.",
                    chosen);
            case WAIT -> new Choice(one.wireName(), "Wait",
                    "Stop printing until you retry or cancel the failed order.", chosen);
            case STOP -> new Choice(one.wireName(), "Stop",
                    "End the batch. The remaining orders return to their previous status.", chosen);
        };
    }

    /** An option with its explanation. */
    record Choice(String name, String title, String hint, boolean chosen) {}
}
