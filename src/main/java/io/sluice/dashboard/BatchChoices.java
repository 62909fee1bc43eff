package io.sluice.dashboard;

import java.util.Arrays;
import java.util.List;

import io.sluice.order.FailurePolicy;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.PrintOrder;
import io.sluice.partner.PartnerDirectory;

/**
 * What an operator chooses for a batch, and the words for it.
 *
 * @param printer  the name of the printer that prints all slips; null if each order's own does
 * @param printers the names of those to choose from
 */
record BatchChoices(PrintOrder printOrder, FailurePolicy onFailure, String printer, List<String> printers) {
    private static final BatchChoices USUAL = new BatchChoices(PrintOrder.AS_LISTED, FailurePolicy.SKIP, null,
            List.of());

    /** What is chosen unless an operator chooses otherwise. */
    static BatchChoices usual(PartnerDirectory partners) {
        return new BatchChoices(USUAL.printOrder, USUAL.onFailure, null, printers(partners));
    }

    /**
     * What was chosen.
     *
     * @param printOrder by its wire name, or null for the usual one
     * @param onFailure  likewise
     * @param printer    its name; null or blank for each order's own
     * @throws UnreadableAddress if there is no such choice
     */
    static BatchChoices of(String printOrder, String onFailure, String printer, PartnerDirectory partners) {
        BatchChoices chosen = of(printOrder, onFailure);
        List<String> printers = printers(partners);
        String name = printer == null || printer.isBlank() ? null : printer;
        if (name != null && !printers.contains(name)) {
            throw new UnreadableAddress("There is no printer '" + name + "'; known are " + String.join(", ", printers));
        }
        return new BatchChoices(chosen.printOrder, chosen.onFailure, name, printers);
    }

    private static List<String> printers(PartnerDirectory partners) {
        return partners.ofKind(PartnerKind.PRINTER).stream().map(Partner::name).toList();
    }

    /**
     * @param printOrder by its wire name, or null for the usual one
     * @param onFailure  likewise
     * @throws UnreadableAddress if there is no such choice
     */
    static BatchChoices of(String printOrder, String onFailure) {
        try {
            return new BatchChoices(printOrder == null ? USUAL.printOrder : PrintOrder.of(printOrder),
                    onFailure == null ? USUAL.onFailure : FailurePolicy.of(onFailure), null, List.of());
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableAddress(unknown.getMessage());
        }
    }

    /** Whether there is more than one printer to choose from. */
    public boolean severalPrinters() {
        return printers.size() > 1;
    }

    /** How slips come out, to end a sentence with. */
    String inWords() {
        return sequence() + (printer == null ? "" : ", at the printer " + printer);
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
            case AS_LISTED -> new Choice(one.wireName(), "Top to bottom", "Slips come out in the order of the list.",
                    chosen);
            case REVERSED -> new Choice(one.wireName(), "Bottom-up",
                    "The last one first, for printers that stack sheets face up.", chosen);
            case ANY -> new Choice(one.wireName(), "Any order",
                    "Slips come out as they are ready; no order waits for another.", chosen);
        };
    }

    private Choice choice(FailurePolicy one) {
        boolean chosen = one == onFailure;
        return switch (one) {
            case SKIP -> new Choice(one.wireName(), "Skip it", "Go on with the next one, and try it again later.",
                    chosen);
            case WAIT -> new Choice(one.wireName(), "Wait",
                    "Print no further slip until it is tried again or cancelled.", chosen);
            case STOP -> new Choice(one.wireName(), "Stop",
                    "End the batch there; the rest goes back to where it was.", chosen);
        };
    }

    /** One of several, and what it means. */
    record Choice(String name, String title, String hint, boolean chosen) {}
}
