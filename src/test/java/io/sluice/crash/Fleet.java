package io.sluice.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.sluice.testing.Installation;
import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;

/**
 * PostgreSQL, the broker, the partners, an API process and workers: separate processes that can be killed and
 * restarted. All scenarios share them because starting takes seconds. Each scenario uses only the orders of its own
 * book.
 */
final class Fleet implements AutoCloseable {
    /** Short timings. The lease must exceed the partner time-out by at least five seconds. */
    private static final Map<String, String> SHORT_TIMINGS = Map.of("SLUICE_PARTNERS_TIMEOUT_MS", "2000",
            "SLUICE_HANDLING_LEASE", "7s", "SLUICE_HANDLING_MAX_ATTEMPTS", "12", "SLUICE_HANDLING_RETRY_DELAY",
            "200ms", "SLUICE_HANDLING_RETRY_MAX_DELAY", "3s", "SLUICE_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES", "true",
            "SLUICE_WEBHOOKS_TIMEOUT", "5s");
    private static final String SMALL = "-Xmx256m";

    final Database database;
    final Broker broker;
    final PartnerServices partners;
    private final Path folder;
    private final int apiPort = Ports.free();
    private final List<SluiceProcess> steady = new ArrayList<>();
    private final List<SluiceProcess> guests = new ArrayList<>();
    private final List<SluiceProcess> unread = new ArrayList<>();
    private Map<String, String> settings = Map.of();
    private SluiceProcess api;
    private int nextWorker = 1;
    private int nextBook = 1;

    private Fleet(Path folder) {
        this.folder = folder;
        this.database = new Database(folder.resolve("database"));
        this.broker = new Broker(folder.resolve("broker"));
        this.partners = new PartnerServices(folder.resolve("partners"));
    }

    /** Starts everything except workers. */
    static Fleet start() {
        try {
            Fleet fleet = new Fleet(Files.createTempDirectory(Path.of("target"), "fleet").toAbsolutePath());
            fleet.calm();
            return fleet;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Starts missing processes, stops extra ones, and resets the partners. */
    void calm() {
        dismiss(guests);
        List.of(database, broker, partners).stream().filter(service -> !service.running()).forEach(Service::start);
        partners.behave();
        database.useMain();
        if (!settings.isEmpty()) {
            configure(Map.of());
        } else if (api == null || !api.alive()) {
            startApi();
        }
    }

    /**
     * Restarts the API process with these settings. All later processes use them until {@code calm()} restores the
     * defaults.
     */
    void configure(Map<String, String> common) {
        dismissWorkers();
        if (api != null) {
            killApi();
        }
        settings = common;
        startApi();
    }

    /** Opens a new book. Its orders are accepted by the API process of the fleet and handled at once. */
    OrderBook openBook() {
        return openBook("auto");
    }

    /** @param handling {@code auto} or {@code manual} */
    OrderBook openBook(String handling) {
        return new OrderBook(this, "book-" + nextBook++, handling);
    }

    /** The base URL of the API process; unchanged by a restart. */
    String apiUrl() {
        return "http://127.0.0.1:" + apiPort;
    }

    /** The stack traces in the logs of all API and worker processes, each with the line before it. */
    List<String> stackTraces() {
        List<String> found = new ArrayList<>();
        for (SluiceProcess process : unread) {
            List<String> log = process.output();
            for (int i = 1; i < log.size(); i++) {
                if (log.get(i).startsWith("\tat ") && !log.get(i - 1).startsWith("\tat ")
                        && !isAfterShutdown(log.subList(0, i))) {
                    found.add(log.get(i - 1) + "\n" + log.get(i));
                }
            }
        }
        unread.removeIf(process -> !process.alive());
        return found;
    }

    /** Whether the last record was written when Quarkus had stopped: a call that had not ended was cut off. */
    private static boolean isAfterShutdown(List<String> log) {
        return log.stream()
                .filter(line -> line.matches("\\d{4}-\\d\\d-\\d\\d .*"))
                .reduce((earlier, later) -> later)
                .filter(record -> record.contains("[Error Occurred After Shutdown]"))
                .isPresent();
    }

    /** Starts the API process without waiting. */
    SluiceProcess launchApi() {
        api = launchApi(apiPort, database.port(), broker.port());
        return api;
    }

    /** The API process at {@link #apiUrl()}. */
    SluiceProcess api() {
        return api;
    }

    void startApi() {
        launchApi().awaitReady();
    }

    void killApi() {
        api.kill();
    }

    /** Starts a further API process that connects to database and broker on these ports. */
    SluiceProcess launchApi(int httpPort, int databasePort, int brokerPort) {
        return launchApi(httpPort, databasePort, brokerPort, Map.of());
    }

    /** The same, with further settings. */
    SluiceProcess launchApi(int httpPort, int databasePort, int brokerPort, Map<String, String> more) {
        Map<String, String> environment = environment(databasePort, brokerPort);
        environment.putAll(more);
        environment.put("SLUICE_ROLE", "api");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
        SluiceProcess process = SluiceProcess.start(folder, environment, SMALL);
        unread.add(process);
        if (httpPort != apiPort) {
            guests.add(process);
        }
        return process;
    }

    /** Starts a worker without waiting. */
    SluiceProcess launchWorker(String name, Map<String, String> more) {
        return launchWorker(name, more, database.port(), broker.port());
    }

    /** Starts a worker that connects to database and broker on these ports, without waiting. */
    SluiceProcess launchWorker(String name, Map<String, String> more, int databasePort, int brokerPort) {
        Map<String, String> environment = environment(databasePort, brokerPort);
        environment.put("SLUICE_ROLE", "worker");
        environment.put("SLUICE_WORKER_NAME", name);
        environment.putAll(more);
        SluiceProcess worker = SluiceProcess.start(folder, environment, SMALL);
        unread.add(worker);
        guests.add(worker);
        return worker;
    }

    /** Runs the migrations of an installation, as the owner of the tables. Returns the exit code. */
    int migrate(Installation version) {
        return SluiceProcess.start(version.jar(), folder,
                Map.of("SLUICE_ROLE", "migrate", "QUARKUS_DATASOURCE_REACTIVE_URL", database.url(database.port()),
                        "QUARKUS_DATASOURCE_USERNAME", Database.owner(), "SLUICE_DATABASE_SERVICE_USER",
                        Database.service()),
                SMALL).awaitEnd();
    }

    /** Starts a worker of another installation without waiting. */
    SluiceProcess launchWorker(String name, Installation version) {
        Map<String, String> environment = environment(database.port(), broker.port());
        environment.putAll(Map.of("SLUICE_ROLE", "worker", "SLUICE_WORKER_NAME", name));
        SluiceProcess worker = SluiceProcess.start(version.jar(), folder, environment, SMALL);
        unread.add(worker);
        guests.add(worker);
        return worker;
    }

    SluiceProcess startWorker(String name) {
        return launchWorker(name, Map.of()).awaitReady();
    }

    /** Ensures that {@code count} regular workers run. */
    List<SluiceProcess> steadyWorkers(int count) {
        steady.removeIf(worker -> !worker.alive());
        while (steady.size() < count) {
            SluiceProcess worker = launchWorker("steady-" + nextWorker++, Map.of());
            guests.remove(worker);
            steady.add(worker);
        }
        steady.forEach(SluiceProcess::awaitReady);
        return List.copyOf(steady);
    }

    /** Kills all workers. The scenario starts its own. */
    void dismissWorkers() {
        dismiss(guests);
        dismiss(steady);
    }

    private static void dismiss(List<SluiceProcess> processes) {
        processes.forEach(SluiceProcess::kill);
        processes.clear();
    }

    private Map<String, String> environment(int databasePort, int brokerPort) {
        Map<String, String> environment = new HashMap<>(SHORT_TIMINGS);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.url(databasePort));
        environment.putAll(settings);
        environment.put("QUARKUS_DATASOURCE_USERNAME", Database.service());
        environment.put("SLUICE_DATABASE_MIGRATE", "false");
        environment.put("AMQP_HOST", "127.0.0.1");
        environment.put("AMQP_PORT", Integer.toString(brokerPort));
        PartnerServices.NAMES.forEach(partner -> environment
                .put("SLUICE_PARTNERS_%s_URL".formatted(partner.toUpperCase(Locale.ROOT)),
                        partners.url() + "/" + partner));
        return environment;
    }

    @Override
    public void close() {
        dismissWorkers();
        api.close();
        partners.close();
        broker.close();
        database.close();
    }
}
