package io.sluice.accept;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.idempotency.IdempotencyKey;
import io.sluice.idempotency.KeyTable;
import io.sluice.idempotency.StoredAnswer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.sluice.store.GroupWriter;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.store.SearchText;
import io.sluice.stream.LoadForecast;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;

/** Stores orders. Every call completes after the commit. */
@ApplicationScoped
public class Acceptor {
    private static final String UNIQUE_VIOLATION = "23505";
    /** Answers that are kept: the order was made, or was known. */
    private static final int CREATED = 202;
    private static final int KNOWN = 200;

    private final Admission admission;
    private final GroupWriter<NewOrder, OrderInsert.Written> writer;
    /** Of orders that were stored before. */
    private final GroupWriter<NewOrder, OrderInsert.Known> finder;
    private final OrderInsert insert;
    private final Orders orders;
    private final LoadForecast load;
    private final KeyTable keys;
    private final ObjectMapper json;
    private final Clock clock;
    private final Set<Running> runningKeys = ConcurrentHashMap.newKeySet();

    Acceptor(AcceptConfig config, Admission admission, OrderInsert insert, Relay relay, AcceptMetrics metrics,
            Orders orders, LoadForecast load, KeyTable keys, ObjectMapper json, Clock clock) {
        this.admission = admission;
        // The group sends the messages, not its callers: a client that disconnects must not prevent its message.
        this.writer = new GroupWriter<>(config.maxGroup(), config.maxWaiting(),
                group -> insert.write(group).invoke(written -> {
                    relay.sendSoon(messages(written));
                    metrics.accepted(written.stream().filter(OrderInsert.Written::created).count());
                }));
        this.finder = new GroupWriter<>(config.maxGroup(), Integer.MAX_VALUE,
                group -> insert.known(group.stream().map(NewOrder::name).toList()));
        this.insert = insert;
        this.orders = orders;
        this.load = load;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Stores an order. Fails with a {@link ProblemException}: 409 if its channel has another order with this external
     * id, 503 if too many orders are waiting, to be stored or to be handled.
     */
    public Uni<Accepted> accept(OrderDraft draft, Origin origin) {
        return write(prepare(draft, null, origin));
    }

    /** Like {@link #accept(OrderDraft, Origin)}, for callers that need no more than the order's id. */
    public Uni<Stored> store(OrderDraft draft, Origin origin) {
        NewOrder order = prepare(draft, null, origin);
        return insert(order).chain(written -> written.created()
                ? Uni.createFrom().item(new Stored(order.view().id(), true))
                : finder.submit(order).map(known -> {
                    if (!isSame(order, known)) {
                        throw ProblemException.conflict(otherContent(order, known.id()));
                    }
                    return new Stored(known.id(), false);
                }));
    }

    /** The order of a stream's line; as {@link Accepted}. */
    public record Stored(UUID id, boolean created) {}

    /**
     * Finds the orders that have the channels and external ids of these, and stores nothing. The result has the same
     * sequence: null for an order that is not stored yet.
     */
    public Uni<List<Found>> find(List<OrderDraft> drafts) {
        return insert
                .known(drafts.stream().map(draft -> new OrderInsert.Name(draft.channel(), draft.externalId())).toList())
                .map(known -> IntStream.range(0, drafts.size())
                        .mapToObj(i -> known.get(i) == null ? null : found(drafts.get(i), known.get(i)))
                        .toList());
    }

    private static Found found(OrderDraft draft, OrderInsert.Known known) {
        return new Found(known.id(), Stream.of(Handling.values())
                .anyMatch(handling -> Arrays.equals(ContentHash.of(draft.with(handling)), known.contentHash())));
    }

    /**
     * A stored order.
     *
     * @param same whether it has the same content, its handling aside: a person may choose another one the next time
     */
    public record Found(UUID id, boolean same) {}

    /** Also fails with 409 while a request with the same key is running, and with 422 if that one had another body. */
    Uni<Accepted> accept(OrderDraft draft, IdempotencyKey key, Origin origin) {
        Running running = new Running(key.caller(), key.key());
        // Only when it begins: during an outage of the database, it does not.
        return Uni.createFrom().deferred(() -> {
            if (!runningKeys.add(running)) {
                throw KeyTable.stillRunning();
            }
            return Uni.createFrom()
                    .deferred(() -> write(prepare(draft, key, origin)))
                    .onTermination()
                    .invoke(() -> runningKeys.remove(running));
        });
    }

    /** Too many orders wait to be stored, or the first request with the same key has not been answered. */
    static boolean passes(Throwable failure) {
        return KeyTable.isStillRunning(failure) || failure instanceof ProblemException refusal
                && refusal.problem().type().equals(ProblemType.OVERLOADED.uri());
    }

    private record Running(String caller, String key) {}

    private NewOrder prepare(OrderDraft draft, IdempotencyKey key, Origin origin) {
        OrderContent content = OrderContent.of(draft);
        String contentJson = content.toJson();
        OrderView view = load.forecastNew(NewOrder.view(draft, content, clock.instant()));
        return new NewOrder(view, contentJson, ContentHash.of(draft, contentJson), SearchText.of(draft, view.id()), key,
                key == null ? null : toJson(view), origin);
    }

    private Uni<OrderInsert.Written> insert(NewOrder order) {
        admission.check(order.view().status());
        return writer.submit(order)
                .onFailure(GroupWriter.FullException.class)
                .transform(full -> ProblemException.overloaded("Too many orders are waiting to be stored. Try again.",
                        ((GroupWriter.FullException) full).drain()));
    }

    private Uni<Accepted> write(NewOrder order) {
        return insert(order)
                .onFailure(Acceptor::keyTakenMeanwhile)
                .recoverWithItem(OrderInsert.Written.NOT)
                .chain(written -> written.created()
                        ? Uni.createFrom().item(new Accepted(order.view(), true, false))
                        : known(order));
    }

    private static List<OutboxRow> messages(List<OrderInsert.Written> written) {
        return written.stream().map(OrderInsert.Written::message).filter(Objects::nonNull).toList();
    }

    /** Another process stored the same Idempotency-Key after this statement had looked for it. */
    private static boolean keyTakenMeanwhile(Throwable failure) {
        return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
    }

    private Uni<Accepted> known(NewOrder order) {
        return order.key() == null
                ? knownByExternalId(order)
                : knownByKey(order.key())
                        .onItem()
                        .ifNull()
                        .switchTo(() -> knownByExternalId(order));
    }

    /** The answer to the earlier request with this key, or null. */
    private Uni<Accepted> knownByKey(IdempotencyKey key) {
        return keys.find(key).onItem().ifNotNull().transformToUni(stored -> {
            if (stored.status() == StoredAnswer.CONFLICT) {
                throw ProblemException.conflict(stored.body()).replayed();
            }
            Uni<OrderView> order = stored.body() == null
                    ? orders.find(stored.orderId())
                    : Uni.createFrom().item(fromJson(stored.body()));
            return order.map(answered -> new Accepted(answered, stored.status() == CREATED, true));
        });
    }

    /**
     * Keeps the answer for the next request with this key. If another process was quicker, that one's answer counts.
     *
     * @param key    null if there is none
     * @param answer the order, or what is wrong
     * @param emit   what this request is answered with
     */
    private Uni<Accepted> remember(IdempotencyKey key, UUID orderId, int status, String answer, Uni<Accepted> emit) {
        if (key == null) {
            return emit;
        }
        return keys.add(key, new StoredAnswer(status, answer, null, orderId))
                .chain(added -> added ? emit : knownByKey(key));
    }

    private Uni<Accepted> knownByExternalId(NewOrder order) {
        return finder.submit(order)
                .chain(known -> isSame(order, known)
                        ? orders.find(known.id())
                                .chain(load::forecast)
                                .chain(stored -> remember(order.key(), known.id(), KNOWN, toJson(stored),
                                        Uni.createFrom().item(new Accepted(stored, false, false))))
                        : conflict(order, known.id()));
    }

    private static boolean isSame(NewOrder order, OrderInsert.Known known) {
        return Arrays.equals(known.contentHash(), order.contentHash());
    }

    private static String otherContent(NewOrder order, UUID known) {
        return "Channel '" + order.view().channel() + "' already has an order with externalId '"
                + order.view().externalId() + "' and other content: " + known
                + ". Send a new externalId for a new order.";
    }

    private Uni<Accepted> conflict(NewOrder order, UUID known) {
        String detail = otherContent(order, known);
        return remember(order.key(), known, StoredAnswer.CONFLICT, detail,
                Uni.createFrom().failure(() -> ProblemException.conflict(detail)));
    }

    private String toJson(OrderView view) {
        try {
            return json.writeValueAsString(view);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private OrderView fromJson(String answer) {
        try {
            return json.readValue(answer, OrderView.class);
        } catch (IOException broken) {
            throw new UncheckedIOException("A stored answer cannot be read", broken);
        }
    }
}
