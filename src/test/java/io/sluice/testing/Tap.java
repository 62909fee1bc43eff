package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP port that leads to another one, and can be shut: whoever is behind it is down, as far as one can see. */
public final class Tap implements AutoCloseable {
    private final int port;
    private final int target;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    /** Opens it on any free port of the loopback address. */
    public Tap(int target) {
        this.target = target;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** How many connections go through it now. */
    public long connections() {
        return connections.stream().filter(socket -> !socket.isClosed()).count() / 2;
    }

    public synchronized void open() {
        server = listen(port);
    }

    /** Breaks every connection and refuses new ones. */
    public synchronized void shut() {
        quietly(server);
        connections.forEach(Tap::quietly);
        connections.clear();
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            daemon(() -> accept(socket));
            return socket;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket near = socket.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                connections.add(near);
                connections.add(far);
                daemon(() -> copy(near, far));
                daemon(() -> copy(far, near));
            } catch (IOException shut) {
                // Either the tap is shut, which ends the loop, or this one connection came to nothing.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException broken) {
            // Broken or ended, it is over in both directions.
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception alreadyClosed) {
            // That is all that was wanted.
        }
    }

    @Override
    public void close() {
        shut();
    }
}
