package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.SluiceProcess;

/**
 * Workers whose clocks are wrong by an hour. Leases use the clock of the database. Requires libfaketime (Debian package
 * {@code faketime}).
 */
@ExtendWith(FleetScenarios.class)
class WrongClockIT {

    @Test
    void oneAnHourAhead_oneAnHourBehind(Fleet fleet) {
        Optional<Path> library = libfaketime();
        assumeTrue(library.isPresent(), "libfaketime is not installed");
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        SluiceProcess early = fleet.launchWorker("early", wrong(library.get(), "+1h"));
        SluiceProcess late = fleet.launchWorker("late", wrong(library.get(), "-1h"));
        early.awaitReady();
        late.awaitReady();
        fleet.partners.setAll(Map.of("latencyMs", 500));
        orders.post(100);
        assertThat(List.of(offBy(early), offBy(late))).as("clock offsets in minutes")
                .isEqualTo(List.of(60L, -60L));
        orders.await("both workers handle orders",
                () -> orders.attempts("e.actor = 'early'") > 0 && orders.attempts("e.actor = 'late'") > 0);
        assertThat(orders.attempts("abs(extract(epoch from now() - e.started_at)) > 600"))
                .as("attempts with wrong times in the history")
                .isZero();
        early.kill();
        orders.assertAllHandled();
        OrderBook more = fleet.openBook();
        more.post(40);
        more.await("the slow clock has claimed orders",
                () -> more.count("s.worker = 'late' and s.status = 'HANDLING'") > 0);
        late.kill();
        fleet.partners.behave();
        fleet.steadyWorkers(1);
        more.assertAllHandled();
    }

    /** The offset of the log timestamps from the local clock, rounded to ten minutes. */
    private static long offBy(SluiceProcess process) {
        LocalDateTime said = process.output()
                .stream()
                .filter(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,.*"))
                .map(line -> LocalDateTime.parse(line.substring(0, 19).replace(' ', 'T')))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return Math.round(Duration.between(LocalDateTime.now(), said).toMinutes() / 10.0) * 10;
    }

    private static Map<String, String> wrong(Path library, String offset) {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME", offset, "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Without this, timed waits of the JVM never end.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** The location on Debian and derivatives, for any architecture. */
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
