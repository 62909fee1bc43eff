package io.sluice.dashboard.partner;

import java.time.Instant;

import io.sluice.dashboard.Format;
import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerView;

/** A row of the partner list. */
record PartnerRow(PartnerView partner) {

    public String name() {
        return partner.name();
    }

    public String kind() {
        return Format.sentence(partner.kind());
    }

    /** Whether the partner has no name besides its kind. */
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
            case PROBING -> "Testing";
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

    /** The reason for the pause, or null. */
    public String reason() {
        return partner.reason();
    }

    public Instant sinceAt() {
        return partner.since();
    }

    public String since() {
        return Format.minutes(partner.since());
    }

    public String held() {
        return Format.number(partner.heldOrders());
    }

    /** Failed calls of the last minute, for example {@code 12 %}. */
    public String failureRate() {
        return Math.round(partner.failureRate() * 100) + " %";
    }
}
