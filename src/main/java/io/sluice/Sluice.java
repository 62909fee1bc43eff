package io.sluice;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.JVMUnsafeWarningsControl;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.vertx.http.HttpServer;
import io.sluice.embedded.EmbeddedServices;
import io.sluice.embedded.EmbeddedServicesException;
import io.sluice.http.ManagementPort;
import io.sluice.http.UriCheck;
import io.sluice.process.Role;
import io.sluice.schema.Schema;
import io.sluice.shutdown.GracefulShutdown;
import io.sluice.simulator.Simulator;

/**
 * Starts Sluice: first the embedded PostgreSQL and broker, unless others are configured, and the simulated partners;
 * then the tables; then the application.
 */
@QuarkusMain
public class Sluice implements QuarkusApplication {

    private static final List<String> DEFAULT_PARTNERS = List.of("sluice.partners.carrier.url",
            "sluice.partners.printer.url", "sluice.partners.marketplace.url");
    static final int DEFAULT_HTTP_PORT = 8080;
    private static final String HTTP_PORT_CHECKED = "sluice.http-port-checked";
    /** A constant in a native image, so that the image contains no embedded services. */
    private static final boolean NATIVE = ImageMode.current().isNativeImage();

    @Inject
    HttpServer http;

    @Inject
    GracefulShutdown shutdown;

    @Inject
    ManagementPort management;

    @Inject
    Role role;

    public static void main(String... args) {
        System.setProperty(UriCheck.QUARKUS_CHECK_OFF, "true");
        // Newer JDKs warn about Netty, which the broker loads before Quarkus turns the warning off.
        JVMUnsafeWarningsControl.disableUnsafeRelatedWarnings();
        // Until Quarkus sets the configured levels. If the start fails before, only the line that says why is printed.
        Logger.getLogger("").setLevel(Level.WARNING);
        StartedParts parts = new StartedParts();
        try {
            ProcessLocale.check(System.getProperties());
            parts.start(() -> ProcessEnd.arrange(parts));
            if (Settings.jsonLog()) {
                Console.writeJson();
            }
            Settings settings = Settings.read();
            if (settings.role() == Role.SIMULATOR) {
                runSimulator(settings, parts);
                return;
            }
            if (settings.role() == Role.MIGRATE) {
                migrate(settings, parts);
                return;
            }
            prepare(settings, parts);
        } catch (RuntimeException e) {
            parts.close();
            fail(e);
            System.exit(1);
        }
        Quarkus.run(Sluice.class, exitHandler(parts), args);
    }

    /** Runs when the application is up, until the process is told to stop. */
    @Override
    public int run(String... args) {
        ProcessEnd.runFirst(shutdown::run);
        Optional<URI> healthAt = management.open().map(url -> url.resolve("/q/health"));
        healthAt.filter(url -> role.serves()).ifPresent(url -> Console.say("Health at " + url));
        if (http.getPort() < 0) {
            // A restart in development mode: the server kept running, and Quarkus does not know its port.
            Console.say("Sluice is ready again");
        } else if (role.serves()) {
            Console.say("Sluice is ready: dashboard at " + http.getLocalBaseUri().resolve("/"));
        } else {
            Console.say("Sluice is ready: working; health at "
                    + healthAt.orElseGet(() -> http.getLocalBaseUri().resolve("/q/health")));
        }
        Quarkus.waitForExit();
        return 0;
    }

    /** Until the process is told to stop. */
    private static void runSimulator(Settings settings, StartedParts parts) {
        Console.say("Sluice is ready: simulated partners at " + startSimulator(settings, parts) + "/");
        StartedParts.awaitExit();
    }

    private static void migrate(Settings settings, StartedParts parts) {
        QuarkusProperties quarkus = parts.start(() -> new QuarkusProperties(settings));
        quarkus.database(settings.databaseUrl()
                .orElseThrow(
                        () -> new StartFailure("no database is configured. Set QUARKUS_DATASOURCE_REACTIVE_URL.")));
        Console.say("Database: " + withoutPassword(settings.databaseUrl().orElseThrow()));
        Schema.Migrated migrated = SchemaSetup.migrate(settings);
        if (migrated.restored()) {
            Console.say("The database was restored, or a replica has taken over: its events continue in a new epoch");
        }
        Console.say("Migrated: the tables have schema version " + migrated.version());
    }

    private static void prepare(Settings settings, StartedParts parts) {
        QuarkusProperties quarkus = parts.start(() -> new QuarkusProperties(settings));
        quarkus.partnersOfEnvironment(Utf8Environment.all());
        if (Console.isJson()) {
            quarkus.set("quarkus.log.console.json.enabled", true);
        }
        quarkus.tracing();
        LoginSettings.of(settings).ifPresent(login -> login.apply(quarkus));
        Role role = settings.role();
        boolean embedded = settings.embedded() && !NATIVE && hasEmbeddedServices();
        if (!role.serves() && embedded) {
            // So that one API process and several workers can share a machine without configured ports.
            quarkus.setDefault("quarkus.http.port", 0);
        }
        // Once per process: in development mode, Quarkus keeps the port while the application restarts.
        if (System.setProperty(HTTP_PORT_CHECKED, "true") == null) {
            requireFree("QUARKUS_HTTP_PORT", settings.httpHost(), settings.httpPort().orElse(DEFAULT_HTTP_PORT));
            settings.managementPort()
                    .ifPresent(port -> requireFree("SLUICE_MANAGEMENT_PORT", settings.managementHost(), port));
        }
        if (embedded) {
            startEmbedded(settings, quarkus, parts);
        } else {
            useExternal(settings, quarkus, parts);
            SchemaSetup.findPooler(settings, quarkus);
        }
        SchemaSetup.migrateOrAwait(settings, Console::say);
    }

    private static void startEmbedded(Settings settings, QuarkusProperties quarkus, StartedParts parts) {
        EmbeddedServices services = parts.start(() -> startOrJoin(settings.dataFolder()));
        quarkus.database(services.databaseUrl());
        quarkus.set("quarkus.datasource.username", services.databaseUser());
        quarkus.set("amqp-host", services.brokerHost());
        quarkus.set("amqp-port", services.brokerPort());
        Optional<String> simulator = services.simulatorUrl();
        if (settings.simulatorEnabled().orElse(services.owner())) {
            simulator = Optional.of(startSimulator(settings, parts));
        }
        if (services.owner()) {
            services.announce(simulator);
        }
        useSimulator(settings, quarkus, simulator);
        Console.say("Starting Sluice (data in %s)".formatted(services.dataFolder()));
    }

    /** They are left out of container images ({@code ./mvnw -Pimage}). */
    private static boolean hasEmbeddedServices() {
        return Sluice.class.getClassLoader()
                .getResource("io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class") != null;
    }

    private static EmbeddedServices startOrJoin(Path folder) {
        try {
            return EmbeddedServices.startOrJoin(folder, Console::say, Sluice::end);
        } catch (EmbeddedServicesException e) {
            throw new StartFailure(e.getMessage(), e);
        }
    }

    private static void useExternal(Settings settings, QuarkusProperties quarkus, StartedParts parts) {
        quarkus.database(settings.databaseUrl()
                .orElseThrow(() -> new StartFailure("no database is configured. Set QUARKUS_DATASOURCE_REACTIVE_URL"
                        + (NATIVE || !hasEmbeddedServices()
                                ? "; there are no embedded services in an image."
                                : ", or unset both AMQP_HOST and SLUICE_EMBEDDED to use the embedded services."))));
        boolean simulated = settings.simulatorEnabled().orElse(false);
        if (settings.role().works() && !simulated) {
            requirePartners(settings);
        }
        Optional<String> simulator = simulated
                ? Optional.of(startSimulator(settings, parts))
                : Optional.empty();
        useSimulator(settings, quarkus, simulator);
        Console.say("Starting Sluice");
        Console.say("Database: " + withoutPassword(settings.databaseUrl().orElseThrow()));
        String broker = settings.text("amqp-host").orElse("localhost");
        Console.say("Broker: " + (broker.matches(".*[:,].*")
                ? broker
                : broker + ":" + settings.text("amqp-port").orElse("5672")));
        if (settings.role().works()) {
            Console.say("Partners: " + simulator.map(url -> "the simulator at " + url)
                    .orElseGet(() -> DEFAULT_PARTNERS.stream()
                            .map(key -> settings.text(key).orElseThrow())
                            .collect(Collectors.joining(", "))));
        }
    }

    private static String withoutPassword(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }

    /** Orders in a database of a person's own are real: they do not go to whatever listens on the simulator's port. */
    private static void requirePartners(Settings settings) {
        String missing = DEFAULT_PARTNERS.stream()
                .filter(key -> settings.text(key).isEmpty())
                .map(FailureMessage::environmentName)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new StartFailure("no partners are configured. Set " + missing
                    + ", or SLUICE_SIMULATOR_ENABLED=true to handle orders with simulated partners.");
        }
    }

    /** The default partners of a process that knows no simulator are expected where a simulator would be. */
    private static void useSimulator(Settings settings, QuarkusProperties quarkus, Optional<String> url) {
        quarkus.setDefault("sluice.simulator.enabled", url.isPresent());
        quarkus.setDefault("sluice.demo.orders", url.isPresent());
        quarkus.defaultPartners(url.orElse(simulatorUrl(settings.simulatorPort())));
        url.ifPresent(quarkus::namedPartners);
    }

    /** Returns the URL at which this process finds it. */
    private static String startSimulator(Settings settings, StartedParts parts) {
        String host = settings.simulatorHost();
        requireFree("SLUICE_SIMULATOR_PORT", host, settings.simulatorPort());
        Simulator simulator = parts.start(() -> {
            Console.say("Starting the simulator");
            return Simulator.start(settings.simulatorSettings());
        });
        InetSocketAddress address = new InetSocketAddress(host, simulator.port());
        return address.getAddress().isAnyLocalAddress()
                ? simulatorUrl(simulator.port())
                : "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + simulator.port();
    }

    private static String simulatorUrl(int port) {
        return "http://127.0.0.1:" + port;
    }

    /** Checks that a port is free before anything is started. */
    private static void requireFree(String key, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw new StartFailure(FailureMessage.busyPort(key, port), e);
        } catch (IOException e) {
            throw new StartFailure("%s: port %d cannot be opened on %s (%s)".formatted(key, port, host, e.getMessage()),
                    e);
        }
    }

    private static BiConsumer<Integer, Throwable> exitHandler(StartedParts parts) {
        return (code, failure) -> {
            parts.close();
            if (failure != null) {
                fail(failure);
            }
            // Ends the process, except in development mode, where the application restarts in it.
            ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
        };
    }

    private static void fail(Throwable failure) {
        Logger.getLogger(Sluice.class.getName()).log(Level.FINE, "The start failed", failure);
        Console.complain("Sluice cannot start: " + FailureMessage.of(failure));
    }

    /** Ends the process, because it cannot go on. The exit waits for the services to stop, so the caller must not. */
    private static void end(String reason) {
        Console.complain("Sluice ends: " + reason);
        new Thread(() -> System.exit(1), "end").start();
    }
}
