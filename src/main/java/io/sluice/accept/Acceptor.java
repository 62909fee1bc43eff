package io.sluice.accept;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.f4b6a3.uuid.UuidCreator;

import io.sluice.order.OrderDraft;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Stand-in, to be overwritten by package accept: one statement an order. */
@ApplicationScoped
public class Acceptor {
    private static final String INSERT = """
            with content as (
                insert into orders (id, channel, external_id, handling, placed_at, received_at, customer_name, country,
                    currency, total, item_count, content, content_hash)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')),
            state as (
                insert into order_state (order_id, placed_at, status, version, updated_at)
                values ($1, $5, $13, 1, $6))
            insert into event_log (kind, order_id, channel, version, status, at)
            values ('order', $1, $2, 1, $13, $6)""";

    private final Pool pool;

    Acceptor(Pool pool) {
        this.pool = pool;
    }

    public Uni<Accepted> accept(OrderDraft draft) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Tuple row = Tuple.tuple()
                .addUUID(id)
                .addString(draft.channel())
                .addString(draft.externalId())
                .addString(draft.handling().wireName())
                .addOffsetDateTime(draft.placedAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(Instant.now().atOffset(ZoneOffset.UTC))
                .addString(draft.customer().name())
                .addString(draft.shipTo().country())
                .addString(draft.currency().getCurrencyCode())
                .addBigDecimal(draft.total())
                .addInteger(draft.itemCount())
                .addString(OrderContent.of(draft).toJson())
                .addString(draft.handling().firstStatus().name());
        return pool.preparedQuery(INSERT)
                .execute(row)
                .map(done -> new Accepted(new OrderView(id, draft.channel(), draft.externalId(),
                        draft.handling().firstStatus(), null, null, draft.handling().wireName(), draft.placedAt(),
                        null, null, draft.customer(), draft.shipTo(), draft.currency().getCurrencyCode(), List.of(),
                        draft.total().toPlainString(), null, null, null, null, null, null, 1), true));
    }
}
