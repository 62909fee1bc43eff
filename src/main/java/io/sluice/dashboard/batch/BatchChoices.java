package io.sluice.dashboard.batch;

import java.util.Arrays;
import java.util.List;

import io.sluice.dashboard.InvalidAddressException;
import io.sluice.order.FailurePolicy;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.PrintOrder;
import io.sluice.partner.PartnerDirectory;

/**
 * The options of a batch, with their labels.
 *
 * @param printer  the printer that prints all slips; null if each order uses its own printer
 * @param printers the names of all printers
 */
public record BatchChoices(PrintOrder printOrder, FailurePolicy onFailure, String printer, List<String> printers) {

    /** The default options. */
    public static BatchChoices defaults(PartnerDirectory partners) {
        return of(null, null, null, partners);
    }

    /**
     * @param printOrder wire name, or null for the default
     * @param onFailure  wire name, or null for the default
     * @param printer    name of a printer; null or blank if each order uses its own printer
     * @throws InvalidAddressException if a name is unknown
     */
    public static BatchChoices of(String printOrder, String onFailure, String printer, PartnerDirectory partners) {
        BatchChoices chosen = of(printOrder, onFailure);
        List<String> printers = partners.ofKind(PartnerKind.PRINTER).stream().map(Partner::name).toList();
        String name = printer == null || printer.isBlank() ? null : printer;
        if (name != null && !printers.contains(name)) {
            throw new InvalidAddressException(
                    "There is no printer '" + name + "'. The printers are " + String.join(", ", printers) + ".");
        }
        return new BatchChoices(chosen.printOrder, chosen.onFailure, name, printers);
    }

    /** The options of a batch that has started, without a choice of printers. */
    static BatchChoices of(String printOrder, String onFailure) {
        try {
            return new BatchChoices(printOrder == null ? PrintOrder.AS_LISTED : PrintOrder.of(printOrder),
                    onFailure == null ? FailurePolicy.SKIP : FailurePolicy.of(onFailure), null, List.of());
        } catch (IllegalArgumentException unknown) {
            throw new InvalidAddressException(unknown.getMessage());
        }
    }

    /** Whether there is more than one printer to choose from. */
    public boolean severalPrinters() {
        return printers.size() > 1;
    }

    /** Print order and printer as the end of a sentence. */
    public String phrase() {
        return sequence() + (printer == null ? "" : ", on printer " + printer);
    }

    private String sequence() {
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
