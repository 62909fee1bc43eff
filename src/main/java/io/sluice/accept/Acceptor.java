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

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.order.OrderDraft;
import io.sluice.outbox.OutboxRow;
import io.sluice.outbox.Relay;
import io.sluice.store.GroupWriter;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.store.SearchText;
import io.sluice.stream.LoadForecast;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

/** Stores orders. Every call completes after the commit. */
@ApplicationScoped
public class Acceptor {
    private static final String UNIQUE_VIOLATION = "23505";
    /** Final answers: the order was made, was known, or is known with other content. */
    private static final int CREATED = 202;
    private static final int KNOWN = 200;
    private static final int CONFLICT = 409;

    private final GroupWriter<NewOrder, OrderInsert.Written> writer;
    /** Of orders that were stored before. */
    private final GroupWriter<NewOrder, OrderInsert.Known> finder;
    private final Orders orders;
    private final LoadForecast load;
    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;
    private final Set<String> runningKeys = ConcurrentHashMap.newKeySet();

    Acceptor(AcceptConfig config, OrderInsert insert, Relay relay, Orders orders, LoadForecast load, Pool pool,
            ObjectMapper json, Clock clock) {
        // The group sends the messages, not its callers: a client that disconnects must not prevent its message.
        this.writer = new GroupWriter<>(config.maxGroup(), config.maxWaiting(),
                group -> insert.write(group).invoke(written -> relay.sendSoon(messages(written))));
        this.finder = new GroupWriter<>(config.maxGroup(), Integer.MAX_VALUE, insert::known);
        this.orders = orders;
        this.load = load;
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Stores an order. Fails with a {@link ProblemException}: 409 if its channel has another order with this external
     * id, 503 if too many orders are waiting.
     */
    public Uni<Accepted> accept(OrderDraft draft) {
        return write(prepare(draft, null));
    }

    /** Like {@link #accept(OrderDraft)}, for callers that need no more than the order's id. */
    Uni<Stored> store(OrderDraft draft) {
        NewOrder order = prepare(draft, null);
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
    record Stored(UUID id, boolean created) {}

    /** Also fails with 409 while a request with the same key is running, and with 422 if that one had another body. */
    Uni<Accepted> accept(OrderDraft draft, IdempotencyKey key) {
        if (!runningKeys.add(key.key())) {
            throw ProblemException
                    .of(ProblemType.STILL_RUNNING,
                            "A request with this Idempotency-Key is still running. Try again when it has been answered.")
                    .retryAfter(1);
        }
        return Uni.createFrom()
                .deferred(() -> write(prepare(draft, key)))
                .onTermination()
                .invoke(() -> runningKeys.remove(key.key()));
    }

    private NewOrder prepare(OrderDraft draft, IdempotencyKey key) {
        OrderContent content = OrderContent.of(draft);
        String contentJson = content.toJson();
        OrderView view = load.forecastNew(NewOrder.view(draft, content, clock.instant()));
        return new NewOrder(view, contentJson, ContentHash.of(draft, contentJson), SearchText.of(draft, view.id()), key,
                key == null ? null : toJson(view));
    }

    private Uni<OrderInsert.Written> insert(NewOrder order) {
        return writer.submit(order)
                .onFailure(GroupWriter.FullException.class)
                .transform(full -> ProblemException
                        .overloaded("Too many orders are waiting to be stored. Try again.", 1));
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
        return pool.preparedQuery("select request_hash, answer, status, order_id from idempotency_key where key = $1")
                .execute(Tuple.of(key.key()))
                .chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().nullItem();
                    }
                    Row row = rows.iterator().next();
                    if (!Arrays.equals(row.getBuffer(0).getBytes(), key.requestHash())) {
                        throw ProblemException.invalid(
                                "This Idempotency-Key was used with another body. Use a new key for a new order.");
                    }
                    int status = row.getInteger(2);
                    if (status == CONFLICT) {
                        throw ProblemException.conflict(row.getString(1)).replayed();
                    }
                    Uni<OrderView> order = row.getString(1) == null
                            ? orders.find(row.getUUID(3))
                            : Uni.createFrom().item(fromJson(row.getString(1)));
                    return order.map(answered -> new Accepted(answered, status == CREATED, true));
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
        return pool.preparedQuery("""
                insert into idempotency_key (key, order_id, answer, status, request_hash, created_at)
                values ($1, $2, $3, $4, $5, now()) on conflict do nothing
                """)
                .execute(Tuple.of(key.key(), orderId, answer, status).addBuffer(Buffer.buffer(key.requestHash())))
                .chain(rows -> rows.rowCount() > 0 ? emit : knownByKey(key));
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
        return remember(order.key(), known, CONFLICT, detail,
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
