package io.sluice.stream;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.smallrye.mutiny.Uni;

/** The event log as pages, for programs that poll. */
@ApplicationScoped
class EventPages {
    private static final int READ = 1000;
    /** A page ends after this many reads even if it is not full: a filter may let few events pass. */
    private static final int MAX_READS = 10;
    private static final Position START = new Position(0, 0);

    private final EventLog log;

    EventPages(EventLog log) {
        this.log = log;
    }

    /** @param after the last event that the client has; null to begin with the oldest */
    Uni<EventPage> page(String after, int limit, EventFilter filter) {
        if (after == null) {
            return read(START, limit, filter, new ArrayList<>(), MAX_READS);
        }
        if (!Position.looksLikeOne(after)) {
            throw ProblemException.invalidParameter("after",
                    "This is not the id of an event. Send the nextCursor of a page.");
        }
        Position position = Position.parse(after).orElseThrow(() -> gone(after));
        return log.knows(position).chain(known -> {
            if (!known) {
                throw gone(after);
            }
            return read(position, limit, filter, new ArrayList<>(), MAX_READS);
        });
    }

    private static ProblemException gone(String after) {
        return ProblemException.of(ProblemType.GONE,
                "The event " + after
                        + " is not known here any more. Read the orders again, and begin without 'after'.");
    }

    private Uni<EventPage> read(Position from, int limit, EventFilter filter, List<EventPage.Item> found, int reads) {
        return events(from, filter).chain(events -> {
            Position position = from;
            for (LogEvent event : events) {
                if (found.size() == limit) {
                    return Uni.createFrom().item(new EventPage(found, position.toString(), true));
                }
                position = event.position();
                if (filter.takes(event)) {
                    found.add(EventPage.Item.of(event));
                }
            }
            boolean more = events.size() == READ;
            return more && found.size() < limit && reads > 1
                    ? read(position, limit, filter, found, reads - 1)
                    : Uni.createFrom().item(new EventPage(found, position.toString(), more));
        });
    }

    /** One order's events have an index. */
    private Uni<List<LogEvent>> events(Position from, EventFilter filter) {
        return filter.orders().size() == 1
                ? log.after(from, READ, filter.orders().iterator().next())
                : log.after(from, READ);
    }
}
