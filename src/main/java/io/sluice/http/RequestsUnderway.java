package io.sluice.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Counts the requests that are being answered. A shutdown waits for them. */
@Singleton
class RequestsUnderway {
    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Void> none = new CompletableFuture<>();
    private volatile boolean shuttingDown;

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("sluice.requests.underway", count::get)
                .description("Requests that this process is answering, with open event streams")
                .register(registry);
    }

    void enter(RoutingContext request) {
        count.incrementAndGet();
        request.addEndHandler(ended -> {
            count.decrementAndGet();
            completeIfNone();
        });
    }

    void shutDown(@Observes ShutdownStarted event) {
        event.endsWith(Uni.createFrom().completionStage(() -> {
            shuttingDown = true;
            completeIfNone();
            return none;
        }));
    }

    private void completeIfNone() {
        if (shuttingDown && count.get() == 0) {
            none.complete(null);
        }
    }
}
