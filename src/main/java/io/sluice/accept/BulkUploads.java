package io.sluice.accept;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.http.ProblemException;
import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** The streams of orders that are being read. */
@Singleton
class BulkUploads {
    /** All of them together must leave room for single posts among the writes that may wait. */
    private static final int MOST = 8;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final AcceptConfig config;
    private final Set<BulkUpload> all = ConcurrentHashMap.newKeySet();

    BulkUploads(AcceptConfig config) {
        this.config = config;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("sluice.bulk.uploads", all::size)
                .description("Streams of orders that this process is reading")
                .register(registry);
    }

    /**
     * Reads orders from the request's body and writes the answers.
     *
     * @param accept stores the order of a line; does not fail
     * @throws ProblemException 503 if too many streams are being read
     */
    void begin(HttpServerRequest request, String type, Function<BulkLine, Uni<BulkAnswer>> accept) {
        if (all.size() >= MOST) {
            throw ProblemException.overloaded("Too many streams of orders are being read. Try again.",
                    RETRY_AFTER);
        }
        BulkUpload upload = new BulkUpload(request, accept, config.bulkPatience());
        all.add(upload);
        try {
            upload.begin(type, () -> all.remove(upload));
        } catch (RuntimeException broken) {
            all.remove(upload);
            throw broken;
        }
    }

    void shutDown(@Observes ShutdownStarted event) {
        all.forEach(BulkUpload::leave);
    }
}
