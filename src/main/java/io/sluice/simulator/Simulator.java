package io.sluice.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The partners that Sluice works with when it has no real ones: a carrier, a printer and a marketplace on one HTTP port of
 * the loopback interface, at {@code /carrier}, {@code /printer} and {@code /marketplace}. Needs nothing of Quarkus, so it
 * can start first, and any number of times in one process.
 */
public final class Simulator implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int ACCEPT_BACKLOG = 4096;
    /** The status codes that Vert.x itself fails a call with; whatever a handler throws counts as 500. */
    private static final List<Integer> FAILURES = List.of(400, 404, 405, 406, 413, 415, 500);

    private final SimulatorSettings settings;
    private final long seed;
    private final Vertx vertx;
    private final List<Closeable> ledgers = new ArrayList<>();
    private HttpServer server;

    private Simulator(SimulatorSettings settings) {
        this.settings = settings;
        this.seed = settings.seed() == null ? ThreadLocalRandom.current().nextLong() : settings.seed();
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    }

    /**
     * Starts the partners and returns once they can be called.
     *
     * @throws IllegalStateException if the port is taken, or the journal is in use or damaged
     * @throws UncheckedIOException if the journal cannot be opened
     */
    public static Simulator start(SimulatorSettings settings) {
        Simulator simulator = new Simulator(settings);
        try {
            simulator.listen();
            return simulator;
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    /** The TCP port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops at once: calls that wait for their latency are neither carried out nor answered. Repeating it does nothing. */
    @Override
    public void close() {
        await(vertx.close());
        for (Closeable ledger : ledgers) {
            try {
                ledger.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot close the simulator's journal", e);
            }
        }
    }

    private void listen() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(settings.port())
                .setAcceptBacklog(ACCEPT_BACKLOG)
                // A connection that is dropped must take one call with it, not all of an HTTP/2 connection's.
                .setHttp2ClearTextEnabled(false);
        try {
            server = await(vertx.createHttpServer(options)
                    .requestHandler(routes())
                    .invalidRequestHandler(Responses::unparsable)
                    .listen());
        } catch (CompletionException e) {
            throw new IllegalStateException("The simulator cannot listen on " + LOOPBACK + ":" + settings.port() + ": "
                    + e.getCause().getMessage(), e.getCause());
        }
    }

    private Router routes() {
        SimulatedPartner<Shipment> carrier = partner(Carrier.NAME, Shipment::fromJson, Carrier.REFUSALS);
        SimulatedPartner<PrintJob> printer = partner(Printer.NAME, PrintJob::fromJson, Printer.REFUSALS);
        SimulatedPartner<MarketplaceUpdate> marketplace = partner(Marketplace.NAME, MarketplaceUpdate::fromJson,
                Marketplace.REFUSALS);

        Router router = Router.router(vertx);
        router.route().handler(Requests::passIfDecodable);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        new Carrier(carrier).mount(router);
        new Printer(printer).mount(router);
        new Marketplace(marketplace).mount(router);
        new Control(List.of(carrier, printer, marketplace)).mount(router);
        new RedirectTrap().mount(router);
        FAILURES.forEach(status -> router.errorHandler(status, Responses::failure));
        return router;
    }

    private <E extends Effect> SimulatedPartner<E> partner(String name, Function<ObjectNode, E> reader,
            List<String> refusals) {
        Path journal = settings.journalDir() == null ? null : settings.journalDir().resolve(name + ".ndjson");
        Ledger<E> ledger = new Ledger<>(journal, reader);
        ledgers.add(ledger);
        PartnerSettings initial = new PartnerSettings(settings.latency().toMillis(), settings.failureRate());
        return new SimulatedPartner<>(vertx, name, ledger, initial, seed, refusals);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
