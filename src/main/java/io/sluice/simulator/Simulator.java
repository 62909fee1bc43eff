package io.sluice.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * The partners that Sluice works with when it has no real ones, on one HTTP port of the loopback interface: a carrier,
 * a printer and a marketplace at {@code /carrier}, {@code /printer} and {@code /marketplace}, more of them at
 * {@code /carriers/{name}} and so on. Needs nothing of Quarkus, so it can start first, and any number of times in one
 * process.
 */
public final class Simulator implements AutoCloseable {

    /** A printer is sent the slip of an order of 10,000 lines. */
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
    private static final int ACCEPT_BACKLOG = 4096;
    /** The status codes that Vert.x itself fails a call with; whatever a handler throws counts as 500. */
    private static final List<Integer> FAILURES = List.of(400, 404, 405, 406, 413, 415, 500);

    private final SimulatorSettings settings;
    private final long seed;
    private final Vertx vertx;
    private final PartnerNames names;
    private final List<Closeable> ledgers = new ArrayList<>();
    private HttpServer server;

    private Simulator(SimulatorSettings settings) {
        this.settings = settings;
        this.seed = settings.seed() == null ? ThreadLocalRandom.current().nextLong() : settings.seed();
        this.names = new PartnerNames(
                new PartnerSettings(settings.latency().toMillis(), settings.failureRate()));
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

    /**
     * Stops at once: calls that wait for their latency are neither carried out nor answered. Repeating it does nothing.
     */
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
                .setHost(settings.host())
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
            throw new IllegalStateException(
                    "The simulator cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    private Router routes() {
        Documents documents = new Documents();
        PartnersOfKind<Carrier> carriers = kind(Carrier.NAME,
                name -> new Carrier(partner(Carrier.NAME, name, Shipment::fromJson, Carrier.REFUSALS)));
        PartnersOfKind<Printer> printers = kind(Printer.NAME,
                name -> new Printer(partner(Printer.NAME, name, PrintJob::fromJson, Printer.REFUSALS), documents));
        PartnersOfKind<Marketplace> marketplaces = kind(Marketplace.NAME, name -> new Marketplace(
                partner(Marketplace.NAME, name, MarketplaceUpdate::fromJson, Marketplace.REFUSALS),
                pendingOrders(name)));

        Router router = Router.router(vertx);
        router.route().handler(Requests::passIfDecodable);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        Carrier.mount(router, carriers);
        Printer.mount(router, printers, documents);
        Marketplace.mount(router, marketplaces);
        new PendingOrderRoutes(marketplaces).mount(router);
        new Control(names).mount(router);
        new RedirectTrap().mount(router);
        FAILURES.forEach(status -> router.errorHandler(status, Responses::failure));
        return router;
    }

    /** With the default partner, and those that have left a journal. */
    private <P> PartnersOfKind<P> kind(String kind, Function<String, P> make) {
        PartnersOfKind<P> partners = new PartnersOfKind<>(kind, names, make);
        Journals.names(settings.journalDir(), kind).forEach(partners::named);
        return partners;
    }

    private <E extends Effect> SimulatedPartner<E> partner(String kind, String name, Function<ObjectNode, E> reader,
            List<String> refusals) {
        Ledger<E> ledger = new Ledger<>(Journals.file(settings.journalDir(), kind, name), reader);
        ledgers.add(ledger);
        SimulatedPartner<E> partner = new SimulatedPartner<>(vertx, kind, name, ledger, names.firstSettings(name), seed,
                refusals);
        names.add(partner);
        return partner;
    }

    private PendingOrders pendingOrders(String marketplace) {
        PendingOrders orders = new PendingOrders(
                Journals.pendingOrders(settings.journalDir(), marketplace),
                settings.ordersPerMinute(), seed);
        ledgers.add(orders);
        return orders;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
