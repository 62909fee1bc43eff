package io.sluice.packingslip;

import java.util.List;

/**
 * The sender, as printed on the slips.
 *
 * @param address the address lines, from the street down; may be empty
 * @param country ISO 3166-1 alpha-2, or null if it is not known
 */
public record Sender(String name, List<String> address, String country) {

    public Sender {
        address = List.copyOf(address);
    }

    /** Name and address in one line, for the line above the recipient. */
    String inOneLine() {
        return address.isEmpty() ? name : name + " · " + String.join(" · ", address);
    }
}
