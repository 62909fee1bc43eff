package io.sluice.dashboard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/**
 * A part of every open page that is looked up and rendered once for all of them. One look at a time, so that what is sent
 * last is what was seen last.
 */
final class LiveFragment {
    private static final Logger LOG = Logger.getLogger(LiveFragment.class);
    /** A database that has gone without a word must not end the looking for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String event;
    private final Supplier<Uni<Seen>> looking;
    private final LiveClients clients;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean showing;
    private volatile String sent;

    /** @param event what it is sent as, see {@link LivePush} */
    LiveFragment(String event, Supplier<Uni<Seen>> looking, LiveClients clients) {
        this.event = event;
        this.looking = looking;
        this.clients = clients;
    }

    /** @param anything whether there is something to say */
    record Seen(boolean anything, TemplateInstance html) {}

    /** Whether there is something to say, so that its figures may change without any event. */
    boolean showing() {
        return showing;
    }

    /** Sends it, whether it changed or not. */
    void resend() {
        sent = null;
        look();
    }

    /** Sends it if it changed. A call while a look is under way has another one follow. */
    void look() {
        if (!clients.none() && asked.getAndIncrement() == 0) {
            lookNow();
        }
    }

    private void lookNow() {
        int answered = asked.get();
        looking.get()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .chain(this::render)
                .onTermination()
                .invoke(() -> {
                    if (asked.addAndGet(-answered) > 0) {
                        lookNow();
                    }
                })
                .subscribe()
                .with(this::send, failure -> LOG.debugf(failure, "Pages were not told of %s", event));
    }

    private Uni<String> render(Seen seen) {
        showing = seen.anything();
        return seen.html().createUni();
    }

    private void send(String html) {
        if (!html.equals(sent)) {
            sent = html;
            clients.send(new LivePush(event, html));
        }
    }
}
