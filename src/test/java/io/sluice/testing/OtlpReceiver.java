package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

/** Receives spans over OTLP/HTTP (OpenTelemetry Protocol 1.x, binary protobuf), on the loopback address. */
public final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeAnswer = () -> {
    };
    private volatile int status = 200;

    /** @param links the ids of the spans that it links to */
    public record Received(String traceId, String id, String parent, String name, Span.SpanKind kind, boolean failed,
            Map<String, String> attributes, List<String> links) {

        private static Received of(Span span) {
            return new Received(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
                    span.getName(), span.getKind(), span.getStatus().getCodeValue() == 2,
                    span.getAttributesList()
                            .stream()
                            .collect(Collectors.toMap(KeyValue::getKey, Received::value)),
                    span.getLinksList().stream().map(link -> hex(link.getSpanId())).toList());
        }

        private static String value(KeyValue attribute) {
            return attribute.getValue().hasIntValue()
                    ? Long.toString(attribute.getValue().getIntValue())
                    : attribute.getValue().getStringValue();
        }

        private static String hex(ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }

        public boolean isOf(String orderId) {
            return orderId.equals(attributes.get("sluice.order.id"));
        }
    }

    public OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(threads);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Each once: what is not answered in time is sent again. */
    public List<Received> spans() {
        return spans.stream().distinct().toList();
    }

    /** What it answers with. */
    public void status(int code) {
        status = code;
    }

    /** What it does with a request before it answers; it may block. */
    public void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    private void receive(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        request.getResourceSpansList()
                .stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .map(Received::of)
                .forEach(spans::add);
        beforeAnswer.run();
        byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
