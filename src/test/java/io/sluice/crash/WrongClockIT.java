package io.sluice.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.SluiceProcess;

/** Workers whose clocks are an hour off; leases go by the database's. Needs libfaketime (Debian's {@code faketime}). */
@ExtendWith(FleetScenarios.class)
class WrongClockIT {

    @Test
    void oneAnHourAhead_oneAnHourBehind(Fleet fleet) {
        Optional<Path> library = libfaketime();
        assumeTrue(library.isPresent(), "libfaketime is not installed, so no clock can be set wrong");
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook().withWrongClocks();
        SluiceProcess early = fleet.launchWorker("early", wrong(library.get(), "+1h"));
        SluiceProcess late = fleet.launchWorker("late", wrong(library.get(), "-1h"));
        early.awaitReady();
        late.awaitReady();
        fleet.partners.setAll(Map.of("latencyMs", 500));
        orders.post(100);
        orders.await("both handle orders",
                () -> orders.attempts("e.actor = 'early' and e.started_at > now() + interval '50 minutes'") > 0
                        && orders.attempts("e.actor = 'late' and e.started_at < now() - interval '50 minutes'") > 0);
        early.kill();
        orders.assertAllHandled();
        OrderBook more = fleet.openBook().withWrongClocks();
        more.post(40);
        more.await("the late one works on them", () -> more.count("s.worker = 'late' and s.status = 'HANDLING'") > 0);
        late.kill();
        fleet.partners.behave();
        fleet.steadyWorkers(1);
        more.assertAllHandled();
    }

    private static Map<String, String> wrong(Path library, String offset) {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME", offset, "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Else no timed wait of the JVM waits.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Where Debian and its kin put it, whatever the processor. */
    private static Optional<Path> libfaketime() {
        for (Path root : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"))) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.find(root, 3,
                        (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
                    Optional<Path> found = files.findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }
        }
        return Optional.empty();
    }
}
