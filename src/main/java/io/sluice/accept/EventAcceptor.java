package io.sluice.accept;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.idempotency.IdempotencyKey;
import io.sluice.order.OrderDraft;
import io.sluice.process.Activity;
import io.sluice.queue.CloudEvent;
import io.sluice.queue.OrderEventListener;
import io.sluice.queue.OrderEventListener.Outcome;
import io.sluice.store.Causes;
import io.sluice.store.DatabaseFailures;
import io.sluice.store.DatabaseOutageException;
import io.sluice.store.DatabaseWatch;
import io.sluice.tracing.ActiveSpan;
import io.sluice.tracing.Origin;
import io.sluice.tracing.Traces;
import io.smallrye.mutiny.Uni;

/** Accepts orders that come as messages. The identity of the event is its Idempotency-Key. */
@ApplicationScoped
class EventAcceptor implements OrderEventListener {
    /** Keeps these keys apart from those of requests: no user's name begins with a blank. */
    private static final String CALLER = " CloudEvents";
    /** For what passes. Then the message is given back, in case another process can store its order. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    private final Acceptor acceptor;
    private final DatabaseWatch database;
    private final Activity activity;
    private final Traces traces;
    private final OrderReader reader;

    EventAcceptor(Acceptor acceptor, DatabaseWatch database, Activity activity, Traces traces, Clock clock) {
        this.traces = traces;
        this.acceptor = acceptor;
        this.database = database;
        this.activity = activity;
        this.reader = new OrderReader(clock);
    }

    @Override
    public Uni<Outcome> take(CloudEvent event) {
        activity.seen();
        OrderDraft draft = reader.readPart(event.data());
        IdempotencyKey key = key(event, draft);
        ActiveSpan span = traces.orderMessage(event.traceparent());
        Origin origin = new Origin(null, span.traceparent());
        return Uni.createFrom()
                .deferred(() -> database.unlessOutage(acceptor.accept(draft, key, origin)))
                .onFailure(EventAcceptor::passes)
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(PATIENCE.toMillis())
                .map(accepted -> accepted.created() && !accepted.replayed() ? Outcome.ACCEPTED : Outcome.KNOWN)
                .onFailure()
                .recoverWithUni(EventAcceptor::outcome)
                .onItem()
                .invoke(outcome -> span.end(outcome == Outcome.POSTPONED ? "postponed" : null))
                .onFailure()
                .invoke(rejected -> span.end("rejected"));
    }

    /** By what the order says, so that the same event may come in another mode or layout. */
    private static IdempotencyKey key(CloudEvent event, OrderDraft draft) {
        String identity = event.source().length() + " " + event.source() + event.id();
        String externalId = draft.externalId() == null ? "" : draft.externalId();
        return IdempotencyKey.of(CALLER, HexFormat.of().formatHex(sha256(identity)),
                draft.channel() + "\n" + externalId, ContentHash.of(draft));
    }

    private static byte[] sha256(String text) {
        return ContentHash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean passes(Throwable failure) {
        return Acceptor.passes(failure) || Causes.find(failure, DatabaseOutageException.class) != null
                || DatabaseFailures.unavailable(failure);
    }

    private static Uni<Outcome> outcome(Throwable failure) {
        ProblemException refusal = Causes.find(failure, ProblemException.class);
        if (passes(refusal == null ? failure : refusal)) {
            return Uni.createFrom().item(Outcome.POSTPONED);
        }
        if (refusal != null && refusal.problem().type().equals(ProblemType.KEY_REUSED.uri())) {
            refusal = ProblemException.conflict("An event with this source and id was sent before, with another order. "
                    + "Use a new id for each event.");
        }
        return Uni.createFrom().failure(refusal == null ? failure : refusal);
    }
}
