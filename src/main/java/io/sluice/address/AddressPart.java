package io.sluice.address;

import java.util.List;

import io.sluice.order.Address;

/** A part of an address, with its letter in Google's address metadata. */
enum AddressPart {
    NAME('N'), COMPANY('O'), STREET('A'), DISTRICT('D'), CITY('C'), STATE('S'), POSTAL_CODE('Z');

    final char letter;

    AddressPart(char letter) {
        this.letter = letter;
    }

    /** The part with this letter; null for the sorting code (X), which no shop knows. */
    static AddressPart of(char letter) {
        for (AddressPart part : values()) {
            if (part.letter == letter) {
                return part;
            }
        }
        return null;
    }

    /** What {@code address} has here, in one or more lines; empty if nothing. */
    List<String> in(Address address) {
        String text = switch (this) {
            case NAME -> address.name();
            case COMPANY -> address.company();
            case STREET -> address.street();
            case DISTRICT -> address.district();
            case CITY -> address.city();
            case STATE -> address.state();
            case POSTAL_CODE -> address.postalCode();
        };
        return text == null ? List.of() : text.lines().toList();
    }
}
