package io.sluice.accept;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.outbox.OutboxRow;
import io.sluice.store.Columns;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The one statement that makes a group of orders durable: content, state, text of search, outbox and idempotency keys.
 * A trigger adds the events.
 */
@ApplicationScoped
class OrderInsert {
    private static final String INSERT = """
            /* accept */
            with input as (
                select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[],
                                     $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::int[],
                                     $12::text[], $13::bytea[], $14::text[], $15::text[], $16::text[], $17::bytea[],
                                     $18::text[], $19::text[], $20::text[], $21::text[])
                  as t(id, channel, external_id, handling, placed_at, received_at, customer_name, country, currency,
                       total, item_count, content, content_hash, status, caller, key, request_hash, answer, search,
                       request_id, traceparent)
            ), fresh as (
                select * from input i
                where i.key is null or not exists (select from idempotency_key k where k.caller = i.caller and k.key = i.key)
            ), written as (
                insert into orders (id, channel, external_id, handling, placed_at, received_at, customer_name, country,
                                    currency, total, item_count, content, content_hash, request_id, traceparent)
                select id, channel, external_id, handling, placed_at, received_at, customer_name, country, currency,
                       total::numeric, item_count, content, content_hash, request_id, traceparent
                from fresh
                on conflict do nothing
                returning id
            ), new as (
                select fresh.* from fresh join written using (id)
            ), state as (
                insert into order_state (order_id, channel, placed_at, status, step, queued_at, updated_at)
                select id, channel, placed_at, status, $22, case status when 'QUEUED' then received_at end, received_at
                from new
            ), to_index as (
                insert into search_queue (order_id, placed_at, channel, country, text)
                select id, placed_at, channel, country, search from new
            ), message as (
                insert into outbox (order_id, send_after, traceparent)
                select id, now() + interval '10 seconds', traceparent from new where status = 'QUEUED'
                returning id, order_id, traceparent
            ), answered as (
                insert into idempotency_key (caller, key, request_hash, order_id, answer, status, created_at)
                select caller, key, request_hash, id, answer, 202, received_at from new where key is not null
            )
            select written.id, message.id, message.traceparent
            from written left join message on message.order_id = written.id
            """;

    private final Pool pool;
    private final HandlingPlan plan;

    OrderInsert(Pool pool, HandlingPlan plan) {
        this.pool = pool;
        this.plan = plan;
    }

    /** What was written of each order, in the same sequence. */
    Uni<List<Written>> write(List<NewOrder> orders) {
        return pool.preparedQuery(INSERT).execute(parameters(orders).addString(plan.first().wireName())).map(rows -> {
            Map<UUID, Written> written = new HashMap<>();
            for (Row row : rows) {
                Long message = row.getLong(1);
                UUID id = row.getUUID(0);
                written.put(id,
                        new Written(true, message == null ? null : new OutboxRow(message, id, row.getString(2))));
            }
            return orders.stream().map(order -> written.getOrDefault(order.view().id(), Written.NOT)).toList();
        });
    }

    /** Finds the orders with these names, in the same sequence; null for a name that no order has. */
    Uni<List<Known>> known(List<Name> names) {
        return pool.preparedQuery("""
                /* known orders */
                select o.id, o.content_hash
                from unnest($1::text[], $2::text[]) with ordinality as i(channel, external_id, at)
                     left join orders o using (channel, external_id)
                order by i.at
                """)
                .execute(new Columns<>(names)
                        .add(String.class, Name::channel)
                        .add(String.class, Name::externalId)
                        .tuple())
                .map(rows -> Rows.all(rows,
                        row -> row.getUUID(0) == null
                                ? null
                                : new Known(row.getUUID(0), row.getBuffer(1).getBytes())));
    }

    private static Tuple parameters(List<NewOrder> orders) {
        return new Columns<>(orders)
                .add(UUID.class, order -> order.view().id())
                .add(String.class, order -> order.view().channel())
                .add(String.class, order -> order.view().externalId())
                .add(String.class, order -> order.view().handling())
                .add(OffsetDateTime.class, order -> utc(order.view().placedAt()))
                .add(OffsetDateTime.class, order -> utc(order.view().receivedAt()))
                .add(String.class, order -> order.view().customer().name())
                .add(String.class, order -> order.view().shipTo().country())
                .add(String.class, order -> order.view().currency())
                .add(String.class, order -> order.view().total())
                .add(Integer.class, order -> order.view().itemCount())
                .add(String.class, NewOrder::content)
                .add(Buffer.class, order -> Buffer.buffer(order.contentHash()))
                .add(String.class, order -> order.view().status().name())
                .add(String.class, order -> order.key() == null ? null : order.key().caller())
                .add(String.class, order -> order.key() == null ? null : order.key().key())
                .add(Buffer.class, order -> order.key() == null ? null : Buffer.buffer(order.key().requestHash()))
                .add(String.class, NewOrder::answer)
                .add(String.class, NewOrder::search)
                .add(String.class, order -> order.origin().requestId())
                .add(String.class, order -> order.origin().traceparent())
                .tuple();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** What distinguishes an order from all others of the shops. */
    record Name(String channel, String externalId) {}

    /** An order that was stored before, with the hash of what it was made of. */
    record Known(UUID id, byte[] contentHash) {}

    /**
     * The result for one order.
     *
     * @param created false if an order with the same external id or a request with the same key was stored before
     * @param message the outbox row; null if there is no message to send
     */
    record Written(boolean created, OutboxRow message) {
        static final Written NOT = new Written(false, null);
    }
}
