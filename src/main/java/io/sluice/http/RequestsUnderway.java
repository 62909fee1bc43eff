package io.sluice.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Counts the requests that are being answered, so that a process that stops can answer them first. */
@Singleton
class RequestsUnderway {
    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Void> none = new CompletableFuture<>();
    private volatile boolean leaving;

    void enter(RoutingContext request) {
        count.incrementAndGet();
        request.addEndHandler(ended -> {
            count.decrementAndGet();
            tell();
        });
    }

    void leave(@Observes ShutdownStarted event) {
        event.endsWith(Uni.createFrom().completionStage(() -> {
            leaving = true;
            tell();
            return none;
        }));
    }

    private void tell() {
        if (leaving && count.get() == 0) {
            none.complete(null);
        }
    }
}
