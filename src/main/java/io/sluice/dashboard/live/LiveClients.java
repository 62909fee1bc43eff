package io.sluice.dashboard.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sluice.sse.EventText;
import io.sluice.sse.SseConnection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The open pages. A page that reads too slowly is disconnected; its browser reconnects and fetches the current state,
 * so nothing is kept for it.
 */
final class LiveClients {
    /** Whether each may show people. */
    private final Map<SseConnection, Boolean> pages = new LinkedHashMap<>();
    private boolean closed;

    /** Adds a page and tells it to fetch the current state, before anything else is sent to it. */
    synchronized void join(SseConnection page, boolean seesPeople) {
        page.open(EventText.opening().appendBuffer(encode(LivePush.refresh())), () -> remove(page));
        if (closed) {
            page.end();
        } else if (!page.closed()) {
            pages.put(page, seesPeople);
        }
    }

    private synchronized void remove(SseConnection page) {
        pages.remove(page);
    }

    synchronized boolean none() {
        return pages.isEmpty();
    }

    /** Sends to all pages. Those that must not show people fetch the rows instead. */
    void send(LivePush push) {
        Buffer text = encode(push);
        Buffer withoutPeople = push.event().equals(LivePush.ROWS) ? encode(LivePush.refresh()) : text;
        copy().forEach((page, seesPeople) -> page.write(seesPeople ? text : withoutPeople));
    }

    /** Ends all streams; completes when the pages have everything that was sent. */
    Future<?> closeAll() {
        synchronized (this) {
            closed = true;
        }
        return Future.join(open().stream().map(SseConnection::end).toList());
    }

    List<SseConnection> open() {
        return List.copyOf(copy().keySet());
    }

    private synchronized Map<SseConnection, Boolean> copy() {
        return new LinkedHashMap<>(pages);
    }

    private static Buffer encode(LivePush push) {
        return EventText.event(push.event(), push.data());
    }
}
