package io.sluice.packingslip;

import java.util.List;

/**
 * Who sends the goods, as the slips say.
 *
 * @param address its lines, from the street down; may be empty
 */
public record Sender(String name, List<String> address) {

    public Sender {
        address = List.copyOf(address);
    }

    /** All in one line, as it stands above the recipient in the window of an envelope. */
    String inOneLine() {
        return address.isEmpty() ? name : name + " · " + String.join(" · ", address);
    }
}
