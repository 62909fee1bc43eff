package io.sluice.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
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

/**
 * A TCP proxy. It can refuse connections, as if the target were down, and can hold back what the client sends, so that
 * a test can inspect it.
 */
public final class Tap implements AutoCloseable {
    private final int port;
    private final int target;
    private final List<Pipe> pipes = new CopyOnWriteArrayList<>();
    private volatile boolean holding;
    private volatile String holdAt;
    private ServerSocket server;

    /** Opens a free port on the loopback address. */
    public Tap(int target) {
        this.target = target;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** The number of open connections. */
    public long connections() {
        return pipes.stream().filter(pipe -> pipe.upstream && !pipe.from.isClosed()).count();
    }

    public synchronized void open() {
        server = listen(port);
    }

    /** Closes all connections and refuses new ones. */
    public synchronized void shut() {
        quietly(server);
        pipes.forEach(Pipe::close);
        pipes.clear();
    }

    /** Holds back data from the client; data to the client still passes. */
    public void hold() {
        holding = true;
    }

    /** Holds back data from the client once it contains {@code words}. */
    public void holdAt(String words) {
        holdAt = words;
    }

    /** Forwards the held data and everything after it. */
    public void release() {
        holdAt = null;
        holding = false;
        pipes.forEach(Pipe::flush);
    }

    /** Forwards the held data, and goes on holding back data at the words of {@link #holdAt}. */
    public void releaseHeld() {
        holding = false;
        pipes.forEach(Pipe::forward);
    }

    /** Whether the held data contains {@code words}. */
    public boolean holdsBack(String words) {
        return pipes.stream().anyMatch(pipe -> pipe.holds(words));
    }

    /** The number of held bytes. */
    public int heldBack() {
        return pipes.stream().mapToInt(Pipe::size).sum();
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
            Socket near = null;
            try {
                near = socket.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                start(new Pipe(near, far, true));
                start(new Pipe(far, near, false));
            } catch (IOException shut) {
                // The proxy is shut, which ends the loop, or the target is down.
                quietly(near);
            }
        }
    }

    private void start(Pipe pipe) {
        pipes.add(pipe);
        daemon(pipe::run);
    }

    /** One direction of a connection. */
    private final class Pipe {
        private final Socket from;
        private final Socket to;
        private final boolean upstream;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        Pipe(Socket from, Socket to, boolean upstream) {
            this.from = from;
            this.to = to;
            this.upstream = upstream;
        }

        void run() {
            byte[] buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    pass(buffer, read);
                }
            } catch (IOException broken) {
                // Closes both directions.
            } finally {
                close();
                pipes.remove(this);
            }
        }

        private synchronized void pass(byte[] bytes, int length) throws IOException {
            held.write(bytes, 0, length);
            if (upstream && holdAt != null && holds(holdAt)) {
                holding = true;
            }
            if (!(holding && upstream)) {
                write();
            }
        }

        private void write() throws IOException {
            OutputStream out = to.getOutputStream();
            held.writeTo(out);
            out.flush();
            held.reset();
        }

        synchronized void forward() {
            try {
                write();
            } catch (IOException broken) {
                close();
            }
        }

        synchronized void flush() {
            try {
                pass(new byte[0], 0);
            } catch (IOException broken) {
                close();
            }
        }

        synchronized boolean holds(String words) {
            return held.toString(ISO_8859_1).contains(words);
        }

        synchronized int size() {
            return held.size();
        }

        void close() {
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
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception alreadyClosed) {
            // Best effort.
        }
    }

    @Override
    public void close() {
        shut();
    }
}
