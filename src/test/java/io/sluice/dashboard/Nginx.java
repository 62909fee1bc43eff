package io.sluice.dashboard;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import io.sluice.testing.Certificate;
import io.sluice.testing.Program;

/**
 * A real nginx with the settings it comes with. Where none is installed, the calling tests are skipped; on a build
 * server they fail.
 */
final class Nginx implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private Process process;
    private final int port;

    private Nginx(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Serves {@code location} on a free port. */
    static Nginx start(String location) throws Exception {
        return start(location, "");
    }

    /** The same behind TLS, with a certificate of its own. */
    static Nginx startWithTls(String location) throws Exception {
        return start(location, "ssl");
    }

    private static Nginx start(String location, String tls) throws Exception {
        Program.require("nginx");
        Path folder = Files.createTempDirectory("nginx");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        if (!tls.isEmpty()) {
            Certificate.in(folder);
        }
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d %s;
                        %s
                        %s
                    }
                }
                """.formatted(port, tls,
                tls.isEmpty() ? "" : "ssl_certificate certificate.pem; ssl_certificate_key key.pem;", location));
        Nginx nginx = new Nginx(folder, port);
        nginx.startAgain();
        return nginx;
    }

    /** Starts it on the same port. */
    void startAgain() throws IOException {
        process = new ProcessBuilder(Program.require("nginx").toString(), "-p", folder.toString(), "-e", "error.log",
                "-c", "nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Awaitility.await().atMost(PATIENCE).until(this::listens);
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("output")));
        }
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code host:port}. */
    String authority() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
