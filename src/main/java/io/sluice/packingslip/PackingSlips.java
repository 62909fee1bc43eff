package io.sluice.packingslip;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.order.Address;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Draws packing slips on worker threads. A slip takes milliseconds, too long for an event loop. */
@ApplicationScoped
public class PackingSlips {
    private static final Logger LOG = Logger.getLogger(PackingSlips.class);

    private static final int BEFORE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    private final Vertx vertx;
    private final Press press;

    public PackingSlips(Vertx vertx, Press press) {
        this.vertx = vertx;
        this.press = press;
    }

    /**
     * Draws a sample at start-up: the first slip takes a hundred times as long as later ones. This comes before the
     * scheduler starts, so that a wrong setting of the sender or the paper stops the start before anything runs.
     */
    void warmUp(@Observes @Priority(BEFORE_SCHEDULER) StartupEvent start) {
        Slip sample = new Slip(new UUID(0, 0), "sample", null, Instant.EPOCH, new Address("-", "-", "-", "-", "XX"),
                List.of(new Slip.Line("-", "-", 1)), null, null, false);
        offTheEventLoop(() -> press.pdf(sample)).subscribe()
                .with(drawn -> LOG.debugf("A sample slip has %d bytes", drawn.length),
                        failure -> LOG.error("Packing slips cannot be drawn", failure));
    }

    /** Draws one sheet as a PDF. */
    public Uni<byte[]> pdf(Sheet sheet) {
        return offTheEventLoop(() -> press.pdf(sheet));
    }

    SlipFile open(OutputStream out, String title) {
        return press.open(out, title);
    }

    /** Runs {@code work} on a worker thread and returns to the context of the caller. */
    <T> Uni<T> offTheEventLoop(Callable<T> work) {
        return Uni.createFrom().completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }
}
