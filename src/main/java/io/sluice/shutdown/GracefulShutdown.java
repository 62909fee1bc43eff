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

/** Runs the graceful shutdown, before Quarkus itself stops. {@code docs/decisions/0010} gives the reasons. */
@ApplicationScoped
public class GracefulShutdown {
    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);
    /** Time after the grace period to release unfinished orders and to flush responses. */
    private static final Executor RELEASE_TIME = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private final Event<ShutdownStarted> event;
    private final Duration delay;
    private final Duration grace;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> delayOver = new CompletableFuture<>();
    private final CompletableFuture<Void> graceOver = new CompletableFuture<>();
    private final CompletableFuture<Void> deadline = graceOver.thenRunAsync(() -> {
    }, RELEASE_TIME);
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    GracefulShutdown(Event<ShutdownStarted> event,
            @ConfigProperty(name = "sluice.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "sluice.shutdown.grace", defaultValue = "15s") Duration grace) {
        this.event = event;
        this.delay = delay;
        this.grace = grace;
    }

    /**
     * Waits until load balancers have noticed that the process is no longer ready. Then stops taking new work, and waits
     * until running work has ended or has been released. Returns within the delay, the grace period and a few seconds. A
     * second call cuts both short.
     */
    public void run() {
        if (begun.compareAndSet(false, true)) {
            if (!delay.isZero()) {
                LOG.infof("Stopping in %d s, and not ready until then", delay.toSeconds());
                delayOver.completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS).join();
            }
            LOG.infof("Stopping: no new work is accepted; running work has %d s to finish", grace.toSeconds());
            graceOver.completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS);
            try {
                // Each observer gets a copy: cancelling one wait must not cancel the others.
                ShutdownStarted shutdown = new ShutdownStarted(Uni.createFrom().completionStage(graceOver::copy));
                event.fire(shutdown);
                await(shutdown.first());
                await(shutdown.last());
            } finally {
                finished.complete(null);
            }
        } else {
            delayOver.complete(null);
            graceOver.complete(null);
            finished.join();
        }
    }

    /** Whether the shutdown has begun. */
    boolean begun() {
        return begun.get();
    }

    private void await(List<Uni<Void>> work) {
        CompletableFuture<?>[] all = work.stream()
                .map(part -> part.onFailure()
                        .invoke(failure -> LOG.warnf("Part of the shutdown failed (%s)", failure))
                        .onFailure()
                        .recoverWithNull()
                        .subscribeAsCompletionStage())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(CompletableFuture.allOf(all), deadline).join();
    }
}
