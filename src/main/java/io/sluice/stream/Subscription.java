package io.sluice.stream;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import io.sluice.sse.SseConnection;
import io.smallrye.mutiny.Uni;

/**
 * One client that follows the log. It is first sent the events that it missed, page by page and no faster than it reads
 * them, then the live ones. The switch happens between two batches of the tail, so no event is skipped or sent twice.
 */
final class Subscription {
    private static final Logger LOG = Logger.getLogger(Subscription.class);
    private static final int PAGE = 500;

    private final SseConnection connection;
    private final EventTail tail;
    private final Function<Position, Uni<List<LogEvent>>> missed;
    private final Predicate<LogEvent> filter;
    private final Predicate<LogEvent> last;
    private Position position;
    private boolean live;

    /**
     * @param missed reads the next page after a position
     * @param filter which events the client wants
     * @param last   after which event the stream ends
     */
    Subscription(SseConnection connection, EventTail tail, Position from,
            Function<Position, Uni<List<LogEvent>>> missed, Predicate<LogEvent> filter, Predicate<LogEvent> last) {
        this.connection = connection;
        this.tail = tail;
        this.position = from;
        this.missed = missed;
        this.filter = filter;
        this.last = last;
    }

    /** Runs between two batches: goes live if no event is missing, otherwise reads the next page. */
    void catchUp() {
        if (live || connection.closed()) {
            return;
        }
        Position known = tail.position();
        if (!known.isAfter(position)) {
            live = true;
            return;
        }
        missed.apply(position)
                .subscribe()
                .with(page -> tail.between(() -> caughtUp(page, known)), failure -> {
                    LOG.debugf(failure, "A stream ends because the events that it missed cannot be read");
                    connection.end();
                });
    }

    private void caughtUp(List<LogEvent> page, Position known) {
        List<LogEvent> settled = page.stream().filter(event -> !event.position().isAfter(known)).toList();
        send(settled);
        // A page that is empty, or has events after the known position, is the last one.
        boolean more = !settled.isEmpty() && settled.size() == page.size();
        position = more ? settled.get(settled.size() - 1).position() : known;
        connection.whenDrained(() -> tail.between(this::catchUp));
    }

    /**
     * A batch of the tail. {@code everything} is the text of the whole batch, shared by all clients without a filter.
     */
    void batch(List<LogEvent> events, EncodedBatch everything) {
        if (!live || connection.closed()) {
            return;
        }
        if (filter == null && events.get(0).position().isAfter(position)) {
            connection.write(everything.get());
        } else {
            send(events);
        }
    }

    private void send(List<LogEvent> events) {
        List<LogEvent> wanted = events.stream()
                .filter(event -> event.position().isAfter(position))
                .filter(event -> filter == null || filter.test(event))
                .toList();
        int end = IntStream.range(0, wanted.size()).filter(i -> last.test(wanted.get(i))).findFirst().orElse(-1);
        if (!wanted.isEmpty()) {
            connection.write(EncodedBatch.join(end < 0 ? wanted : wanted.subList(0, end + 1)));
        }
        if (end >= 0) {
            connection.end();
        }
    }
}
