package io.sluice.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads Server-Sent Events like a browser: reconnects and sends the last event id. */
public final class SseClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One event. */
    public record Event(String id, String type, JsonNode data) {
        public String text(String field) {
            return data.path(field).asText(null);
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private final ScheduledExecutorService dropper = Executors.newSingleThreadScheduledExecutor();
    private volatile InputStream connection;
    private volatile boolean closed;
    private volatile int status;
    private volatile int connections;
    private volatile int ends;
    private volatile String lastEventId;

    private SseClient(String url, String lastEventId) {
        this.url = url;
        this.lastEventId = lastEventId;
        this.reader = new Thread(this::run, "sse-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the first response: what happens after that comes as an event. */
    public static SseClient open(String url) {
        SseClient client = new SseClient(url, null);
        await().atMost(Duration.ofMinutes(1)).until(() -> client.status != 0);
        return client;
    }

    public static SseClient resume(String url, String lastEventId) {
        return new SseClient(url, lastEventId);
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The status of the latest response; 0 before the first. */
    public int status() {
        return status;
    }

    public String lastEventId() {
        return lastEventId;
    }

    /** The number of responses. */
    public int connections() {
        return connections;
    }

    /** The number of streams that ended with their last chunk instead of breaking off. */
    public int ends() {
        return ends;
    }

    /** Drops the connection; the client reconnects. */
    public void drop() {
        InputStream present = connection;
        if (present != null) {
            try {
                present.close();
            } catch (IOException alreadyGone) {
                // Already closed.
            }
        }
    }

    /** Drops the connection repeatedly. */
    public SseClient dropEvery(long millis) {
        dropper.scheduleAtFixedRate(this::drop, millis, millis, TimeUnit.MILLISECONDS);
        return this;
    }

    private void run() {
        while (!closed && status != 204) {
            try {
                connect();
            } catch (IOException lost) {
                // Dropped: reconnect.
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void connect() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        connection = response.body();
        status = response.statusCode();
        connections++;
        try (InputStream body = connection) {
            read(body, this::dispatch);
            ends += status == 200 ? 1 : 0;
        }
    }

    private static void read(InputStream body, Consumer<String> block) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder pending = new StringBuilder();
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.isEmpty()) {
                block.accept(pending.toString());
                pending.setLength(0);
            } else {
                pending.append(line).append('\n');
            }
        }
    }

    private void dispatch(String block) {
        String id = null;
        String type = "message";
        String data = null;
        for (String line : block.split("\n")) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("id:")) {
                id = value;
            } else if (line.startsWith("event:")) {
                type = value;
            } else if (line.startsWith("data:")) {
                data = value;
            }
        }
        if (data != null) {
            try {
                events.add(new Event(id, type, JSON.readTree(data)));
            } catch (IOException broken) {
                throw new IllegalStateException("Not JSON: " + data, broken);
            }
        }
        if (id != null) {
            lastEventId = id;
        }
    }

    @Override
    public void close() {
        closed = true;
        dropper.shutdownNow();
        drop();
        reader.interrupt();
    }
}
