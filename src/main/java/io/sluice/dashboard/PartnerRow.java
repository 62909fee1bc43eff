package io.sluice.dashboard;

import java.time.Instant;

import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerView;

/** A partner in the list of partners. */
record PartnerRow(PartnerView partner) {

    public String name() {
        return partner.name();
    }

    public String kind() {
        return Words.sentence(partner.kind());
    }

    /** Whether the kind says it all. */
    public boolean unnamed() {
        return partner.name().equals(partner.kind());
    }

    public PartnerState state() {
        return partner.state();
    }

    public boolean paused() {
        return partner.state() == PartnerState.PAUSED;
    }

    public String label() {
        return switch (partner.state()) {
            case UP -> "Up";
            case DOWN -> "Down";
            case PROBING -> "Being tried";
            case PAUSED -> "Paused";
        };
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (partner.state()) {
            case UP -> "handled";
            case PAUSED -> "delayed";
            case DOWN, PROBING -> "failed";
        };
    }

    /** Why it is paused, or null. */
    public String reason() {
        return partner.reason();
    }

    public Instant sinceAt() {
        return partner.since();
    }

    public String since() {
        return Words.minutes(partner.since());
    }

    public String held() {
        return Words.number(partner.heldOrders());
    }

    /** Of the last minute's calls: {@code 12 %}. */
    public String failureRate() {
        return Math.round(partner.failureRate() * 100) + " %";
    }
}
