package io.sluice.crash;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.sluice.testing.Http;

/** Posts orders continuously and repeats each one until it is accepted. */
final class Load implements AutoCloseable {
    private static final long EVERY_MS = 40;

    private final OrderBook orders;
    private final String apiUrl;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<Http.Answer> refusals = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService shop = Executors.newSingleThreadScheduledExecutor();
    private volatile int allowed = Integer.MAX_VALUE;
    private String externalId = nextId();

    Load(OrderBook orders, String apiUrl) {
        this.orders = orders;
        this.apiUrl = apiUrl;
        shop.scheduleAtFixedRate(this::post, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private static String nextId() {
        return "L-" + UUID.randomUUID();
    }

    private void post() {
        if (accepted() >= allowed) {
            return;
        }
        try {
            Http.Answer answer = orders.accept(apiUrl, externalId);
            if (answer.status() == 202 || answer.status() == 200) {
                accepted.incrementAndGet();
                externalId = nextId();
            } else {
                refusals.add(answer);
            }
        } catch (UncheckedIOException noAnswer) {
            unanswered.incrementAndGet();
        }
    }

    /** The number of accepted orders. */
    int accepted() {
        return accepted.get();
    }

    /** Pauses once {@code orders} orders have been accepted. */
    Load allow(int orders) {
        allowed = orders;
        return this;
    }

    /** Waits for the pause. */
    void awaitPause() {
        orders.await(allowed + " orders are accepted", () -> accepted() >= allowed);
    }

    /** The number of requests without a response. */
    int unanswered() {
        return unanswered.get();
    }

    /** All responses that did not accept an order. */
    List<Http.Answer> refusals() {
        return List.copyOf(refusals);
    }

    /** Waits until {@code count} more orders have been accepted. */
    void awaitMore(int count) {
        int before = accepted();
        orders.await(count + " more orders are accepted", () -> accepted() >= before + count);
    }

    /** The number of orders accepted within {@code seconds} under normal conditions. */
    static int ordersIn(long seconds) {
        return (int) (seconds * 1000 / EVERY_MS);
    }

    @Override
    public void close() {
        shop.shutdown();
        try {
            if (!shop.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a request hangs");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
