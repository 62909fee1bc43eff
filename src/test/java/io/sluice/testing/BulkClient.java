package io.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Sends a stream of orders, and reads the answers at the same time. */
public final class BulkClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BulkClient() {}

    /**
     * What came back.
     *
     * @param lines the answers
     * @param whole whether the stream of answers was ended, and not cut off
     */
    public record Answers(List<JsonNode> lines, boolean whole) {

        public List<String> ids() {
            return lines.stream().map(line -> line.path("id").asText()).toList();
        }

        public long count(int status) {
            return lines.stream().filter(line -> line.path("status").asInt() == status).count();
        }
    }

    /** Sends these lines to the service with this base URL. */
    public static Answers send(String baseUrl, List<String> lines) {
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        URI uri = URI.create(baseUrl);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/orders/bulk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/x-ndjson\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Thread sender = new Thread(() -> write(out, body));
            sender.start();
            return read(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        } catch (IOException noConnection) {
            throw new UncheckedIOException(noConnection);
        }
    }

    private static void write(OutputStream out, byte[] body) {
        try {
            out.write(body);
        } catch (IOException broken) {
            // The answers tell.
        }
    }

    /** Every chunk of the answer consists of whole lines. */
    private static Answers read(BufferedReader in) {
        List<JsonNode> lines = new ArrayList<>();
        boolean whole = false;
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("{\"line\":")) {
                    lines.add(JSON.readTree(line));
                }
                whole |= line.equals("0");
            }
        } catch (IOException broken) {
            // Then it is not whole.
        }
        return new Answers(lines, whole);
    }
}
