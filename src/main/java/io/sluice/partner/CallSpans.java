package io.sluice.partner;

import java.net.URI;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import jakarta.ws.rs.core.Response;

import io.sluice.order.Partner;
import io.sluice.tracing.ActiveSpan;
import io.sluice.tracing.Traces;
import io.smallrye.mutiny.Uni;

/** Puts each HTTP call that a step makes to a partner into a span of its own. */
record CallSpans(Traces traces, Partner partner, URI server) {

    /**
     * @param path as in the partner's description, with names instead of values
     * @param step the span of the step; null if it is not traced
     * @param call makes the call, with this traceparent or null
     */
    Uni<Response> call(String method, String path, String step, Function<String, Uni<Response>> call) {
        return call(method, path, step, call, Response::getStatus);
    }

    <T> Uni<T> call(String method, String path, String step, Function<String, Uni<T>> call, ToIntFunction<T> status) {
        return Uni.createFrom().deferred(() -> {
            ActiveSpan span = traces.call(step, method, path, server, partner.name());
            return call.apply(span.traceparent())
                    .onItem()
                    .invoke(answer -> span.endCall(status.applyAsInt(answer)))
                    .onFailure()
                    .invoke(failure -> span.end(failure.getClass().getName()))
                    .onCancellation()
                    .invoke(() -> span.end("cancelled"));
        });
    }
}
