package io.sluice.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;

/** STAND-IN, to be overwritten. */
public final class Simulator implements AutoCloseable {

    private final HttpServer server;

    private Simulator(HttpServer server) {
        this.server = server;
    }

    public static Simulator start(SimulatorSettings settings) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", settings.port()), 0);
            server.start();
            return new Simulator(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
