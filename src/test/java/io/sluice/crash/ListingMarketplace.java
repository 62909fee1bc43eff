package io.sluice.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A marketplace with a list of pending orders, in pages. Every worker has a path of its own, so that the marketplace
 * knows who asks. A page can be held back.
 */
final class ListingMarketplace implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final List<String> entries;
    private final HttpServer server;
    private volatile int heldFrom = Integer.MAX_VALUE;
    private volatile CountDownLatch held = new CountDownLatch(1);
    private volatile String asking;
    private volatile int reached;

    /** @param entries orders and cancellations, JSON */
    ListingMarketplace(List<String> entries) {
        this.entries = entries;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String worker) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + worker;
    }

    /** Holds back every page that begins with this entry or a later one, until {@link #letGo()}. */
    void holdFrom(int entry) {
        held = new CountDownLatch(1);
        heldFrom = entry;
    }

    void letGo() {
        heldFrom = Integer.MAX_VALUE;
        held.countDown();
    }

    /** Whether a page is being held back. */
    boolean holds() {
        return reached >= heldFrom && underway.get() > 0;
    }

    /** The worker that asked last. */
    String asking() {
        return asking;
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(underway.incrementAndGet(), Math::max);
        try {
            asking = exchange.getRequestURI().getPath().split("/")[1];
            int from = parameter(exchange, "cursor", 0);
            int to = Math.min(from + parameter(exchange, "limit", 100), entries.size());
            reached = from;
            if (from >= heldFrom) {
                held.await();
            }
            byte[] page = "{\"orders\": [%s], \"nextCursor\": \"%d\", \"more\": %b}"
                    .formatted(String.join(",", entries.subList(from, to)), to, to < entries.size())
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            underway.decrementAndGet();
            exchange.close();
        }
    }

    private static int parameter(HttpExchange exchange, String name, int ifAbsent) {
        for (String pair : String.valueOf(exchange.getRequestURI().getQuery()).split("&")) {
            if (pair.startsWith(name + "=")) {
                return Integer.parseInt(pair.substring(name.length() + 1));
            }
        }
        return ifAbsent;
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
