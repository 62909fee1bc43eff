package io.sluice.partner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A partner that answers whatever a test wants, byte for byte. */
final class HostilePartner implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final ServerSocket server = open();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Behaviour behaviour;
    private final Thread accepting;

    /** What it does with a request, whose head and body it gets as text. */
    interface Behaviour {
        void answer(String request, Line out) throws IOException;
    }

    HostilePartner(Behaviour behaviour) {
        this.behaviour = behaviour;
        accepting = thread(this::accept);
    }

    /** One that answers every request like this; the length is added. */
    static HostilePartner answering(int status, String headers, String body) {
        return new HostilePartner((request, out) -> out.answer(status, headers, body));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Head and body of every request, in the sequence in which they came. */
    List<String> requests() {
        return requests;
    }

    /** First lines of the requests, without the version. */
    List<String> lines() {
        return requests.stream().map(request -> request.substring(0, request.indexOf(" HTTP/"))).toList();
    }

    /** Connections that the other side has closed. */
    int hungUp() {
        return hungUp.get();
    }

    /** Bytes that went out, into the buffers of the two sockets at least. */
    long written() {
        return written.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            connections.add(socket);
            thread(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        Line line = new Line(socket);
        try (socket) {
            String request = read(socket.getInputStream());
            while (request != null) {
                requests.add(request);
                behaviour.answer(request, line);
                request = socket.isClosed() ? null : read(socket.getInputStream());
            }
        } catch (IOException broken) {
            // Counted below, like an orderly end.
        }
        if (!line.cut) {
            hungUp.incrementAndGet();
        }
    }

    /** Null at the end of the stream. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int missing = -1;
        while (missing != 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            missing--;
            String text = bytes.toString(StandardCharsets.UTF_8);
            if (missing < 0 && text.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(text);
                missing = length.find() ? Integer.parseInt(length.group(1)) : 0;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // The test has closed it.
            }
        }, "hostile-partner");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        try {
            accepting.join(); // It may accept one more connection while the server closes.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** The connection a request came on. */
    final class Line {
        private final Socket socket;
        private volatile boolean cut;

        private Line(Socket socket) {
            this.socket = socket;
        }

        void answer(int status, String headers, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            text("HTTP/1.1 " + status + " Whatever\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n");
            bytes(bytes);
        }

        void text(String text) throws IOException {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        void bytes(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            written.addAndGet(bytes.length);
        }

        /** Lets time pass between two pieces of an answer, unless the partner is closed meanwhile. */
        void pause(Duration duration) throws IOException {
            try {
                if (closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedIOException("the partner was closed");
                }
            } catch (InterruptedException stopped) {
                throw new InterruptedIOException();
            }
        }

        /** Ends the connection from this side. */
        void cut() throws IOException {
            cut = true;
            socket.close();
        }
    }
}
