package io.sluice.tracing;

import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/**
 * Begins all spans. Names and attributes follow OpenTelemetry's semantic conventions for HTTP and messaging. They hold
 * ids and names of steps and partners, never what an order says; so URLs and addresses of clients are left out.
 *
 * <p>Spans are not kept on threads or contexts: a group of orders shares statements. Who needs one hands it on.
 */
@Singleton
public class Traces {
    public static final Traces OFF = new Traces(null);

    private final Tracer tracer;

    @Inject
    Traces(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        this(off ? null : telemetry.getTracer("io.sluice"));
    }

    private Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    public boolean on() {
        return tracer != null;
    }

    /** An HTTP request to this process. */
    public ActiveSpan request(String method, String clients, String requestId) {
        return begin(method, SpanKind.SERVER, clients, span -> span.setAttribute("http.request.method", method)
                .setAttribute("sluice.request.id", requestId));
    }

    /** An order that came as a message. */
    public ActiveSpan orderMessage(String senders) {
        return begin("process orders", SpanKind.CONSUMER, senders, span -> span
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.operation.name", "process"));
    }

    /** The sending of an order's message to the broker; none if its request is not traced. */
    public ActiveSpan workMessage(String origin, UUID order) {
        return origin == null
                ? ActiveSpan.NONE
                : begin("send work", SpanKind.PRODUCER, origin, span -> span
                        .setAttribute("messaging.operation.type", "send")
                        .setAttribute("messaging.operation.name", "send")
                        .setAttribute("sluice.order.id", order.toString()));
    }

    /** One HTTP call to a partner; none if its step is not traced. */
    public ActiveSpan call(String step, String method, String template, URI server, String partner) {
        return step == null
                ? ActiveSpan.NONE
                : begin(method + " " + template, SpanKind.CLIENT, step, span -> span
                        .setAttribute("http.request.method", method)
                        .setAttribute("url.template", template)
                        .setAttribute("server.address", server.getHost())
                        .setAttribute("server.port", (long) server.getPort())
                        .setAttribute("sluice.partner", partner));
    }

    /** One attempt at a step of an order. */
    public ActiveSpan step(StepSpan step) {
        String parent = step.again() ? null : step.order();
        Stream<String> links = step.again() ? Stream.of(step.order(), step.retryOf()) : Stream.of(step.batch());
        return begin(step.name(), SpanKind.CONSUMER, parent, span -> {
            links.filter(Objects::nonNull).distinct().map(Traceparent::span).forEach(span::addLink);
            span.setAttribute("sluice.order.id", step.orderId().toString())
                    .setAttribute("sluice.step", step.name())
                    .setAttribute("sluice.attempt", (long) step.attempt())
                    .setAttribute("sluice.partner", step.partner())
                    .setAttribute("sluice.worker", step.worker());
            if (step.batchId() != null) {
                span.setAttribute("sluice.batch.id", step.batchId().toString());
            }
        });
    }

    private ActiveSpan begin(String name, SpanKind kind, String parent,
            Consumer<SpanBuilder> attributes) {
        if (tracer == null) {
            return ActiveSpan.NONE;
        }
        SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind).setParent(Traceparent.context(parent));
        attributes.accept(span);
        return new ActiveSpan(span.startSpan());
    }
}
