package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * A real RabbitMQ 3 with its AMQP 1.0 plugin, as Debian has it, in a process of its own that can be killed. Skips the
 * test where it is not installed.
 */
public final class RabbitMq implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Those on the PATH change the user and the folder. */
    private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");

    private final int port = Ports.free();
    private final Map<String, String> environment;
    private ChildProcess process;

    public RabbitMq() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAMS.resolve("rabbitmq-server")),
                "rabbitmq-server is not installed");
        try {
            Path folder = Files.createTempDirectory("rabbitmq");
            Path plugins = Files.writeString(folder.resolve("plugins"), "[rabbitmq_amqp1_0].");
            Path configuration = Files.writeString(folder.resolve("rabbitmq.conf"), "");
            environment = Map.ofEntries(Map.entry("HOME", folder.toString()),
                    Map.entry("RABBITMQ_NODENAME", "sluice" + port + "@localhost"),
                    Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                    Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                    Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Ports.free())),
                    Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
                    Map.entry("ERL_EPMD_PORT", Integer.toString(Ports.free())),
                    Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                    Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                    Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                    Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
                    Map.entry("RABBITMQ_CONFIG_FILE", configuration.toString()),
                    Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        start();
    }

    /** Starts it, with what it has on its disk, and waits until it answers. */
    public void start() {
        process = ChildProcess.start("rabbitmq", program("rabbitmq-server"));
        process.await(PATIENCE,
                line -> line.contains("Starting broker... completed") ? Optional.of(line) : Optional.empty());
    }

    private ProcessBuilder program(String name, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(Stream
                .concat(Stream.of(PROGRAMS.resolve(name).toString()), Stream.of(arguments))
                .toList());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs {@code rabbitmqctl} and returns what it says. */
    public String control(String... arguments) {
        try {
            Process control = program("rabbitmqctl", arguments).redirectErrorStream(true).start();
            String said = new String(control.getInputStream().readAllBytes());
            if (control.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return said;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public int port() {
        return port;
    }

    /** {@code kill -9}. */
    public void kill() {
        List<ProcessHandle> children = ProcessHandle.of(process.pid())
                .stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        process.kill();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
    }

    /** Ends it and the name server that Erlang has started for it. */
    @Override
    public void close() {
        process.close();
        ProcessBuilder nameServer = new ProcessBuilder("epmd", "-port", environment.get("ERL_EPMD_PORT"), "-kill");
        nameServer.environment().putAll(environment);
        ChildProcess.start("epmd", nameServer).awaitEnd();
    }
}
