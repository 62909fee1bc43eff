package io.sluice.dashboard;

import java.time.Instant;
import java.util.List;

import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerView;

/** What the banner says of a partner that is down or paused, or that is back while orders are still held. */
record PartnerNotice(PartnerView partner) {

    /** Those that there is something to say of. */
    static List<PartnerNotice> of(List<PartnerView> partners) {
        return partners.stream()
                .filter(partner -> partner.state() != PartnerState.UP || partner.heldOrders() > 0)
                .map(PartnerNotice::new)
                .toList();
    }

    public String name() {
        return partner.name();
    }

    /** After "the": {@code carrier}, {@code carrier dhl}. */
    public String title() {
        return partner.inWords();
    }

    public boolean back() {
        return partner.state() == PartnerState.UP;
    }

    public boolean paused() {
        return partner.state() == PartnerState.PAUSED;
    }

    public boolean probing() {
        return partner.state() == PartnerState.PROBING;
    }

    /** Why it is paused, or null. */
    public String reason() {
        return partner.reason();
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (partner.state()) {
            case UP -> "handling";
            case PAUSED -> "delayed";
            case DOWN, PROBING -> "failed";
        };
    }

    /** The style of the line. */
    public String tone() {
        return switch (partner.state()) {
            case UP -> "back";
            case PAUSED -> "paused";
            case DOWN, PROBING -> "down";
        };
    }

    public Instant sinceAt() {
        return partner.since();
    }

    public String since() {
        return Words.minutes(partner.since());
    }

    /** When it will be tried again; null while that is happening. */
    public Instant nextTryAt() {
        return partner.nextProbeAt();
    }

    public String nextTry() {
        return Words.clock(partner.nextProbeAt());
    }

    /** What becomes of its orders. */
    public String held() {
        long held = partner.heldOrders();
        if (back()) {
            return held == 1 ? "1 held order goes on." : Words.number(held) + " held orders go on.";
        }
        String end = paused() ? "resumed" : "back";
        if (held == 0) {
            return "Orders that need it are held, and go on by themselves when it is " + end + ".";
        }
        return held == 1
                ? "1 order is held; it goes on by itself when the " + title() + " is " + end + "."
                : Words.number(held) + " orders are held; they go on by themselves when it is " + end + ".";
    }
}
