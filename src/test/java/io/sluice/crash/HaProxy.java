package io.sluice.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import io.sluice.testing.Http;
import io.sluice.testing.Ports;
import io.sluice.testing.Program;
import io.sluice.testing.SluiceProcess;

/**
 * A real HAProxy in front of several processes. It looks twice a second whether they are ready, and leaves out those that
 * were not twice.
 */
final class HaProxy implements AutoCloseable {
    private final Process process;
    private final int port = Ports.free();

    HaProxy(Path folder, List<SluiceProcess> processes) throws IOException {
        String program = Program.require("haproxy").toString();
        StringBuilder servers = new StringBuilder();
        for (SluiceProcess server : processes) {
            servers.append("    server sluice-%d %s check\n".formatted(servers.length(),
                    server.url().replace("http://", "")));
        }
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, """
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    option httpchk GET /q/health/ready
                    default-server inter 500ms fall 2 rise 2
                frontend orders
                    bind 127.0.0.1:%d
                    default_backend sluice
                backend sluice
                %s""".formatted(port, servers));
        process = new ProcessBuilder(program, "-db", "-f", file.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> Http.get(url() + "/q/health/ready").status() == 200);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
