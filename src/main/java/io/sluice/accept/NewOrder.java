package io.sluice.accept;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.github.f4b6a3.uuid.UuidCreator;

import io.sluice.idempotency.IdempotencyKey;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;
import io.sluice.tracing.Origin;

/**
 * An order ready to be written. Everything that takes time is computed before it waits for its group.
 *
 * @param search see {@link io.sluice.store.SearchText}
 * @param key    the request's Idempotency-Key, or null
 * @param answer the order as JSON, kept for replays; null without a key
 */
record NewOrder(OrderView view, String content, byte[] contentHash, String search, IdempotencyKey key, String answer,
        Origin origin) {

    static OrderView view(OrderDraft draft, OrderContent content, Instant now) {
        // PostgreSQL stores microseconds. This answer must equal what is read later.
        Instant received = now.truncatedTo(ChronoUnit.MICROS);
        return new OrderView(UuidCreator.getTimeOrderedEpoch(), draft.channel(), draft.externalId(),
                draft.handling().firstStatus(), null, null, draft.handling().wireName(),
                placedAt(draft, received), received, received, draft.customer(), draft.shipTo(),
                draft.currency().getCurrencyCode(), content.lines(), content.adjustments(),
                draft.total().toPlainString(), draft.shipBy(), content.note(), content.metadata(),
                null, null, null, null, null, null, 1);
    }

    /**
     * A time ahead of ours counts as now: else a shop whose clock is wrong would be at the top of the table for hours.
     */
    private static Instant placedAt(OrderDraft draft, Instant received) {
        Instant placed = draft.placedAt();
        return placed == null || placed.isAfter(received) ? received : placed;
    }

    OrderInsert.Name name() {
        return new OrderInsert.Name(view.channel(), view.externalId());
    }

    boolean queued() {
        return view.status() == OrderStatus.QUEUED;
    }
}
