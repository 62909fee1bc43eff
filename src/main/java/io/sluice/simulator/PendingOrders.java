package io.sluice.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The orders that wait at a marketplace to be fetched, in the sequence of their last change. New ones trickle in once
 * they are asked for.
 */
final class PendingOrders implements Closeable {
    /** There are some at the first question, so that there is something to see. */
    private static final int AT_FIRST = 3;
    private static final int MAX_AT_ONCE = 1000;
    private static final double SECONDS_PER_MINUTE = 60;

    private final NavigableMap<Long, PendingOrder> bySequence = new TreeMap<>();
    private final Map<String, PendingOrder> byExternalId = new HashMap<>();
    private final Journal journal;
    private final DemoBuyers buyers;
    private double perMinute;
    /** Until when orders have trickled in; null before the first question. */
    private Instant trickledUntil;

    /** @param journalFile where to keep them, or null for memory only */
    PendingOrders(Path journalFile, double perMinute, long seed) {
        this.perMinute = perMinute;
        this.buyers = new DemoBuyers(seed);
        this.journal = journalFile == null
                ? null
                : Journal.open(journalFile, line -> remember(PendingOrder.fromJson(line)));
    }

    /** How many orders are placed in a minute; from now on. */
    void setPerMinute(double orders) {
        trickle(Instant.now());
        perMinute = orders;
    }

    double perMinute() {
        return perMinute;
    }

    /** Adds an order, or changes it. It survives the process. */
    void put(String externalId, ObjectNode order) {
        PendingOrder changed = new PendingOrder(last() + 1, externalId, order, Instant.now());
        if (journal != null) {
            journal.append(changed.toJson());
        }
        remember(changed);
    }

    /** The order, or null. */
    ObjectNode find(String externalId) {
        PendingOrder known = byExternalId.get(externalId);
        return known == null ? null : known.order();
    }

    /** All orders, in the sequence of their last change. */
    List<PendingOrder> all() {
        return List.copyOf(bySequence.values());
    }

    /** The sequence of the last change; 0 if there was none. */
    long last() {
        return bySequence.isEmpty() ? 0 : bySequence.lastKey();
    }

    /** The orders that have changed after {@code cursor}. */
    ObjectNode page(long cursor, int limit) {
        ObjectNode page = Json.object();
        ArrayNode orders = page.putArray("orders");
        long next = cursor;
        for (PendingOrder order : bySequence.tailMap(cursor, false).values()) {
            if (orders.size() == limit) {
                break;
            }
            orders.add(order.order());
            next = order.sequence();
        }
        return page.put("nextCursor", Long.toString(next)).put("more", next < last());
    }

    /** Lets those orders come in that were placed since the last question. */
    void trickle(Instant now) {
        if (trickledUntil == null) {
            trickledUntil = now;
            add(perMinute > 0 && bySequence.isEmpty() ? AT_FIRST : 0, now);
            return;
        }
        double due = (now.toEpochMilli() - trickledUntil.toEpochMilli()) / 1000.0 / SECONDS_PER_MINUTE * perMinute;
        if (due >= 1) {
            trickledUntil = now;
            add((int) Math.min(due, MAX_AT_ONCE), now);
        }
    }

    private void add(int count, Instant now) {
        for (int i = 0; i < count; i++) {
            ObjectNode order = buyers.next(last() + 1, now);
            put(order.path("externalId").textValue(), order);
        }
    }

    private void remember(PendingOrder order) {
        PendingOrder before = byExternalId.put(order.externalId(), order);
        if (before != null) {
            bySequence.remove(before.sequence());
        }
        bySequence.put(order.sequence(), order);
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
