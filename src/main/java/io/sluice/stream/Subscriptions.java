package io.sluice.stream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.http.ProblemException;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.sse.EventText;
import io.sluice.sse.SseConnection;
import io.sluice.store.OrderView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The clients that follow the log. Everything but the database's answers runs on the tail's context. */
@ApplicationScoped
class Subscriptions {
    private static final int PAGE = 500;

    private final EventTail tail;
    private final EventLog log;
    private final EventEncoder encoder;
    private final Vertx vertx;
    private final int limit;
    private final int replayEvents;
    private final Duration replayAge;
    private final Set<Subscription> all = new LinkedHashSet<>();
    private final Set<SseConnection> connections = new LinkedHashSet<>();
    private boolean stopped;

    Subscriptions(EventTail tail, EventLog log, EventEncoder encoder, Vertx vertx,
            @ConfigProperty(name = "sluice.stream.max-clients", defaultValue = "10000") int limit,
            @ConfigProperty(name = "sluice.stream.replay-events", defaultValue = "100000") int replayEvents,
            @ConfigProperty(name = "sluice.stream.replay-age", defaultValue = "24h") Duration replayAge) {
        this.tail = tail;
        this.log = log;
        this.encoder = encoder;
        this.vertx = vertx;
        this.limit = limit;
        this.replayEvents = replayEvents;
        this.replayAge = replayAge;
    }

    void start(@Observes StartupEvent event, MeterRegistry registry) {
        tail.add(this::batch, () -> !connections.isEmpty());
        Gauge.builder("sluice.event.streams", connections::size)
                .tag("of", "api")
                .description("Event streams that are open at this process")
                .register(registry);
    }

    void stop(@Observes ShutdownEvent event) {
        tail.between(this::endAll);
    }

    void shutDown(@Observes ShutdownStarted event) {
        event.endsWith(Uni.createFrom()
                .emitter(emitter -> tail.between(() -> endAll()
                        .onComplete(ended -> emitter.complete(null)))));
    }

    /** Ends all streams. Clients reconnect to another process and send the id of their last event. */
    private Future<?> endAll() {
        stopped = true;
        return Future.join(List.copyOf(connections).stream().map(SseConnection::end).toList());
    }

    private void batch(List<LogEvent> events) {
        EncodedBatch everything = new EncodedBatch(events);
        List.copyOf(all).forEach(subscription -> subscription.batch(events, everything));
    }

    /** Follows the whole log, after {@code lastEventId} if there is one. */
    Uni<Void> follow(HttpServerRequest request, String lastEventId, EventFilter filter) {
        return resume(lastEventId).chain(this::bounded).invoke(resume -> {
            Buffer opening = EventText.opening(resume.from());
            if (resume.unknown()) {
                opening.appendBuffer(encoder.resync(resume.from()));
            }
            open(request, opening, resume.from(), position -> log.after(position, PAGE),
                    filter.everything() ? null : filter::takes, event -> false);
        }).replaceWithVoid();
    }

    /** Follows one order: its state, then its events, until it has ended. */
    Uni<Void> followOrder(HttpServerRequest request, Position from, OrderView state) {
        UUID id = state.id();
        if (state.status().ended()) {
            return log.newest().invoke(newest -> show(request, newest, state)).replaceWithVoid();
        }
        Buffer opening = EventText.opening(from).appendBuffer(encoder.state(from, state));
        open(request, opening, from, position -> log.after(position, PAGE, id),
                event -> id.equals(event.orderId()) && event.version() > state.version(),
                event -> event.status().ended());
        return Uni.createFrom().voidItem();
    }

    /**
     * Shows the state of an order that has ended, and ends the stream. The state's id stands behind the order's last
     * event, so that a client that reconnects is not sent its events again.
     */
    private void show(HttpServerRequest request, Position newest, OrderView state) {
        SseConnection connection = new SseConnection(request, vertx);
        connection.open(EventText.opening(newest).appendBuffer(encoder.state(newest, state)), () -> {
        });
        connection.end();
    }

    /** Follows one order after this position. */
    Uni<Void> resumeOrder(HttpServerRequest request, Position from, UUID id) {
        open(request, EventText.opening(from), from, position -> log.after(position, PAGE, id),
                event -> id.equals(event.orderId()), event -> event.status().ended());
        return Uni.createFrom().voidItem();
    }

    /** Whether a client that has read up to this position has seen the order's end. */
    Uni<Boolean> seenEnd(Position from, UUID orderId) {
        return log.endedBy(from, orderId);
    }

    /** Where a client resumes: after its last event or, if that is unknown, at the current end of the log. */
    Uni<Resume> resume(String lastEventId) {
        Position now = tail.position();
        if (lastEventId == null) {
            return Uni.createFrom().item(new Resume(now, false));
        }
        return Position.parse(lastEventId)
                .map(position -> log.knows(position)
                        .map(known -> known ? new Resume(position, false) : new Resume(now, true)))
                .orElseGet(() -> Uni.createFrom().item(new Resume(now, true)));
    }

    /** Like {@code resume}, unless the client has missed too much: live events must not wait for a long history. */
    private Uni<Resume> bounded(Resume resume) {
        return resume.from().equals(tail.position())
                ? Uni.createFrom().item(resume)
                : log.canReplay(resume.from(), replayEvents, replayAge)
                        .map(can -> can ? resume : new Resume(tail.position(), true));
    }

    private void open(HttpServerRequest request, Buffer opening, Position from,
            Function<Position, Uni<List<LogEvent>>> missed, Predicate<LogEvent> filter, Predicate<LogEvent> last) {
        SseConnection connection = new SseConnection(request, vertx);
        Subscription subscription = new Subscription(connection, tail, from, missed, filter, last);
        if (connections.size() >= limit) {
            throw ProblemException.overloaded("Too many event streams are open. Try again.", Duration.ofSeconds(5));
        }
        tail.between(() -> {
            all.add(subscription);
            connections.add(connection);
            tail.hurry();
            connection.open(opening, () -> tail.between(() -> {
                all.remove(subscription);
                connections.remove(connection);
            }));
            subscription.catchUp();
            if (stopped) {
                connection.end();
            }
        });
    }

    /** @param unknown whether to tell the client that it may have missed events */
    record Resume(Position from, boolean unknown) {}
}
