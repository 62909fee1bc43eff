package io.sluice.dashboard;

import java.time.Instant;
import java.util.List;

import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerView;

/** The banner line of a partner that is down or paused, or that is back while orders are still held. */
public record PartnerNotice(PartnerView partner) {

    /** The partners that need a line. */
    public static List<PartnerNotice> of(List<PartnerView> partners) {
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
        return Format.minutes(partner.since());
    }

    /** The next probe; null while a probe runs. */
    public Instant nextTryAt() {
        return partner.nextProbeAt();
    }

    public String nextTry() {
        return Format.clock(partner.nextProbeAt());
    }

    /** What happens to the held orders. */
    public String held() {
        long held = partner.heldOrders();
        if (back()) {
            return held == 1 ? "1 held order continues." : Format.number(held) + " held orders continue.";
        }
        String end = paused() ? "resumed" : "back";
        if (held == 0) {
            return "Orders that need it are held and continue automatically when it is " + end + ".";
        }
        return held == 1
                ? "1 order is held and continues automatically when the " + title() + " is " + end + "."
                : Format.number(held) + " orders are held and continue automatically when it is " + end + ".";
    }
}
