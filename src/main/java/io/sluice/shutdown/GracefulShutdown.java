package io.sluice.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Sees the process off. {@code docs/decisions/0010} tells why this happens before Quarkus itself begins to stop. */
@ApplicationScoped
public class GracefulShutdown {
    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);
    /** After the grace: for giving back what has not ended, and for the last bytes to clients. */
    private static final Executor LAST_MOMENTS = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private final Event<ShutdownStarted> event;
    private final Duration grace;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> graceOver = new CompletableFuture<>();
    private final CompletableFuture<Void> over = graceOver.thenRunAsync(() -> {
    }, LAST_MOMENTS);
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    GracefulShutdown(Event<ShutdownStarted> event,
            @ConfigProperty(name = "sluice.shutdown.grace", defaultValue = "15s") Duration grace) {
        this.event = event;
        this.grace = grace;
    }

    /**
     * Takes no new work and returns when what runs has ended or has been given back; within the grace period and a few
     * seconds. Called again meanwhile, it cuts the grace short.
     */
    public void leave() {
        if (begun.compareAndSet(false, true)) {
            LOG.infof("Stopping: no new work is taken; what runs has %d s to end", grace.toSeconds());
            graceOver.completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS);
            try {
                // A copy for each: whoever stops waiting cancels what he waited for.
                ShutdownStarted leaving = new ShutdownStarted(Uni.createFrom().completionStage(graceOver::copy));
                event.fire(leaving);
                await(leaving.first());
                await(leaving.last());
            } finally {
                left.complete(null);
            }
        } else {
            graceOver.complete(null);
            left.join();
        }
    }

    /** Whether new work is refused already. */
    boolean begun() {
        return begun.get();
    }

    private void await(List<Uni<Void>> work) {
        CompletableFuture<?>[] all = work.stream()
                .map(part -> part.onFailure()
                        .invoke(failure -> LOG.warnf("Not everything ended in good order (%s)", failure))
                        .onFailure()
                        .recoverWithNull()
                        .subscribeAsCompletionStage())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(CompletableFuture.allOf(all), over).join();
    }
}
