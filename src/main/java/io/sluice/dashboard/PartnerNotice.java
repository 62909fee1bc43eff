package io.sluice.dashboard;

import java.time.Instant;
import java.util.List;

import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerView;

/** The banner line of a partner that is down, or that is back while orders are still held. */
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

    public boolean back() {
        return partner.state() == PartnerState.UP;
    }

    public boolean probing() {
        return partner.state() == PartnerState.PROBING;
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return back() ? "handling" : "failed";
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
            return held == 1 ? "1 held order continues." : String.format("%,d held orders continue.", held);
        }
        if (held == 0) {
            return "Orders that need it are held and continue automatically when it is back.";
        }
        return held == 1
                ? "1 order is held and continues automatically when the " + name() + " is back."
                : String.format("%,d orders are held and continue automatically when it is back.", held);
    }
}
