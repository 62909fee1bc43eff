package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.TappedDatabase;
import io.vertx.core.Vertx;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class DatabaseWatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PROBE = "/* probe */";

    @Inject
    Vertx vertx;

    @Test
    void outage_endsWithTheSecondAnswerInARow() {
        try (TappedDatabase database = new TappedDatabase(vertx)) {
            DatabaseWatch watch = new DatabaseWatch(database.pool(), vertx);
            database.holdAt(PROBE);
            watch.start(new StartupEvent());
            try {
                await().atMost(PATIENCE).until(() -> watch.outage().isPresent());
                assertThat(watch.outage()).hasValue("no answer for 5 s");
                database.releaseHeld();
                // It is sent once the first one has its answer.
                database.awaitHeld(PROBE);
                assertThat(watch.outage()).as("after one answer").isPresent();
                database.release();
                await().atMost(PATIENCE).until(() -> watch.outage().isEmpty());
            } finally {
                watch.stop(new ShutdownEvent());
            }
        }
    }
}
