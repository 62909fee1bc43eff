package io.sluice.dashboard.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.sluice.batch.BatchCounts;
import io.sluice.batch.BatchStatus;
import io.sluice.batch.BatchView;
import io.sluice.batch.WaitsFor;

class BatchProgressTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final BatchCounts SOME = new BatchCounts(1_200, 1_105, 5, 2, 85, 3, 0);

    @Test
    void running_showsCountsAndTimeLeft() {
        assertThat(progress(BatchStatus.RUNNING, SOME, null, NOW.plusSeconds(41), null).summary())
                .isEqualTo("1,200 orders · 85 done, 3 failed, 2 held · about 40 s left");
    }

    @Test
    void timeLeft_isAbsentWhenUnknownOrWaitingForAPerson() {
        WaitsFor failed = new WaitsFor(null, UUID.randomUUID(), 17, "FAILED", 0, null);
        WaitsFor held = new WaitsFor(null, UUID.randomUUID(), 17, "DELAYED", 0, null);

        assertThat(progress(BatchStatus.RUNNING, SOME, null, null, null).timeLeft()).isNull();
        assertThat(progress(BatchStatus.RUNNING, SOME, null, NOW, failed).timeLeft()).isNull();
        assertThat(progress(BatchStatus.RUNNING, SOME, null, NOW, held).timeLeft()).isNotNull();
    }

    @Test
    void ended_countsOrdersNotHandled() {
        BatchProgress stopped = progress(BatchStatus.STOPPED, SOME, NOW, null, null);

        assertThat(stopped.summary()).isEqualTo("1,200 orders · 85 done, 3 failed, 2 held, 1,105 not handled");
        assertThat(stopped.badge().label()).isEqualTo("Stopped");
        assertThat(progress(BatchStatus.ABORTED, SOME, null, null, null).badge().label()).isEqualTo("Aborting");
    }

    @Test
    void emptyBatch_isFullAtOnce() {
        BatchProgress emptyTables = progress(BatchStatus.COMPLETED, new BatchCounts(0, 0, 0, 0, 0, 0, 0), NOW, null,
                null);

        assertThat(emptyTables.summary()).isEqualTo("No orders");
        assertThat(emptyTables.barValue()).isEqualTo(emptyTables.barMax());
    }

    private static BatchProgress progress(BatchStatus status, BatchCounts counts, Instant finished, Instant expected,
            WaitsFor waitsFor) {
        return new BatchProgress(
                new BatchView(UUID.randomUUID(), status, "as-listed", "skip", null, NOW, "api", finished,
                        expected, counts, null, null, 0, waitsFor),
                null, NOW);
    }
}
