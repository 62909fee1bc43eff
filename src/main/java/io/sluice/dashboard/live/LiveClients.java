package io.sluice.dashboard.live;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.sluice.sse.EventText;
import io.sluice.sse.SseConnection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The open pages. A page that reads too slowly is disconnected; its browser reconnects and fetches the current state,
 * so nothing is kept for it.
 */
final class LiveClients {
    private final Set<SseConnection> pages = new LinkedHashSet<>();
    private boolean closed;

    /** Adds a page and tells it to fetch the current state, before anything else is sent to it. */
    synchronized void join(SseConnection page) {
        page.open(EventText.opening().appendBuffer(encode(LivePush.refresh())), () -> remove(page));
        if (closed) {
            page.end();
        } else if (!page.closed()) {
            pages.add(page);
        }
    }

    private synchronized void remove(SseConnection page) {
        pages.remove(page);
    }

    synchronized boolean none() {
        return pages.isEmpty();
    }

    /** Sends to all pages. */
    void send(LivePush push) {
        Buffer text = encode(push);
        open().forEach(page -> page.write(text));
    }

    /** Ends all streams; completes when the pages have everything that was sent. */
    Future<?> closeAll() {
        synchronized (this) {
            closed = true;
        }
        return Future.join(open().stream().map(SseConnection::end).toList());
    }

    synchronized List<SseConnection> open() {
        return List.copyOf(pages);
    }

    private static Buffer encode(LivePush push) {
        return EventText.event(push.event(), push.data());
    }
}
