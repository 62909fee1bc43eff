package io.sluice.dashboard.live;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/**
 * A fragment of every open page, queried and rendered once for all pages. Updates never overlap, so pages receive them
 * in order.
 */
final class LiveFragment {
    private static final Logger LOG = Logger.getLogger(LiveFragment.class);
    /** Ends a query that never completes, so that later updates can run. */
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);

    private final String event;
    private final Supplier<Uni<Content>> source;
    private final LiveClients clients;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean visible;
    private volatile String sent;

    /** @param event the name of the event, see {@link LivePush} */
    LiveFragment(String event, Supplier<Uni<Content>> source, LiveClients clients) {
        this.event = event;
        this.source = source;
        this.clients = clients;
    }

    /** @param visible whether the fragment shows anything */
    record Content(boolean visible, TemplateInstance html) {}

    /** Whether the fragment shows anything. If so, its figures may change without an event. */
    boolean visible() {
        return visible;
    }

    /** Sends the fragment even if it has not changed. */
    void resend() {
        sent = null;
        update();
    }

    /** Sends the fragment if it has changed. A call during an update triggers another one. */
    void update() {
        if (!clients.none() && asked.getAndIncrement() == 0) {
            updateNow();
        }
    }

    private void updateNow() {
        int answered = asked.get();
        source.get()
                .ifNoItem()
                .after(QUERY_TIMEOUT)
                .fail()
                .chain(this::render)
                .onTermination()
                .invoke(() -> {
                    if (asked.addAndGet(-answered) > 0) {
                        updateNow();
                    }
                })
                .subscribe()
                .with(this::send, failure -> LOG.debugf(failure, "%s was not pushed to open pages", event));
    }

    private Uni<String> render(Content content) {
        visible = content.visible();
        return content.html().createUni();
    }

    private void send(String html) {
        if (!html.equals(sent)) {
            sent = html;
            clients.send(new LivePush(event, html));
        }
    }
}
