package io.sluice.order;

import java.util.Objects;

/**
 * A system outside of Sluice that carries out steps.
 *
 * @param name unique over all kinds; the default partner of a kind has the kind's own name
 */
public record Partner(PartnerKind kind, String name) {

    public Partner {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    /** The partner that takes every order of which no other partner of the kind is in charge. */
    public static Partner defaultOf(PartnerKind kind) {
        return new Partner(kind, kind.wireName());
    }

    /** Whether this is the default partner of its kind. */
    public boolean isDefault() {
        return name.equals(kind.wireName());
    }

    /**
     * The partner in a sentence, after "the": {@code carrier}, or {@code carrier dhl} for one with a name of its own.
     */
    public String inWords() {
        return isDefault() ? name : kind.wireName() + " " + name;
    }
}
