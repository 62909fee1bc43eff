package io.sluice.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

import io.sluice.partner.PartnerTable;
import io.smallrye.mutiny.Uni;

/**
 * The banner about partners on every open page: looked up and rendered once for all of them. One look at a time, so that
 * what is sent last is what was seen last.
 */
final class LiveBanner {
    private static final Logger LOG = Logger.getLogger(LiveBanner.class);
    /** A database that has gone without a word must not end the looking for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PartnerTable partners;
    private final LiveClients clients;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean showing;
    private volatile String sent;

    LiveBanner(PartnerTable partners, LiveClients clients) {
        this.partners = partners;
        this.clients = clients;
    }

    /** Whether there is something to say, so that its figures may change without any event. */
    boolean showing() {
        return showing;
    }

    /** Sends the banner, whether it changed or not. */
    void resend() {
        sent = null;
        look();
    }

    /** Sends the banner if it changed. A call while a look is under way has another one follow. */
    void look() {
        if (!clients.none() && asked.getAndIncrement() == 0) {
            lookNow();
        }
    }

    private void lookNow() {
        int answered = asked.get();
        partners.views()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(PartnerNotice::of)
                .chain(this::render)
                .onTermination()
                .invoke(() -> {
                    if (asked.addAndGet(-answered) > 0) {
                        lookNow();
                    }
                })
                .subscribe()
                .with(this::send, failure -> LOG.debug("Pages were not told how the partners are doing", failure));
    }

    private Uni<String> render(List<PartnerNotice> notices) {
        showing = !notices.isEmpty();
        return Pages.partners(notices).createUni();
    }

    private void send(String html) {
        if (!html.equals(sent)) {
            sent = html;
            clients.send(new LivePush(LivePush.PARTNERS, html));
        }
    }
}
