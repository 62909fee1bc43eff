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

    /** @param clients its header {@code traceparent}, or null */
    public ActiveSpan request(String method, String clients, String requestId) {
        return begin(method, SpanKind.SERVER, clients, span -> span.setAttribute("http.request.method", method)
                .setAttribute("sluice.request.id", requestId));
    }

    /** @param senders the attribute {@code traceparent} of the message, or null */
    public ActiveSpan orderMessage(String senders) {
        return begin("process orders", SpanKind.CONSUMER, senders, span -> span
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.operation.name", "process"));
    }

    /** @param origin the span of the request that the message comes from; if null, there is no span */
    public ActiveSpan workMessage(String origin, UUID order) {
        return origin == null
                ? ActiveSpan.NONE
                : begin("send work", SpanKind.PRODUCER, origin, span -> span
                        .setAttribute("messaging.operation.type", "send")
                        .setAttribute("messaging.operation.name", "send")
                        .setAttribute("sluice.order.id", order.toString()));
    }

    /** @param step the span of the step that makes the call; if null, there is no span */
    public ActiveSpan call(String step, String method, String template, URI server, String partner) {
        return step == null
                ? ActiveSpan.NONE
                : begin(method + " " + template, SpanKind.CLIENT, step, span -> {
                    span.setAttribute("http.request.method", method)
                            .setAttribute("url.template", template)
                            .setAttribute("server.address", server.getHost())
                            .setAttribute("sluice.partner", partner);
                    if (server.getPort() > 0) {
                        span.setAttribute("server.port", (long) server.getPort());
                    }
                });
    }

    public ActiveSpan step(StepSpan step) {
        return begin(step.name(), SpanKind.CONSUMER, step.again() ? null : step.order(), span -> {
            Stream.of(step.again() ? step.order() : null, step.retryOf(), step.batch())
                    .filter(Objects::nonNull)
                    .distinct()
                    .map(Traceparent::span)
                    .forEach(span::addLink);
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
