package io.sluice.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

import io.sluice.idempotency.NotAllKept;

/**
 * A batch as JSON shows it.
 *
 * @param printer       prints all of its slips; null if each order's own does
 * @param expectedBy    when it will be through, at the pace of the last seconds; null once it is,
 *                      and while nobody can know: it waits for a person, or has been stopped or aborted
 * @param filter        what its orders were selected by; null if they were listed
 * @param rejected      the first of the orders that were asked for and are not part of it; null in lists of batches
 * @param rejectedTotal all of them
 * @param waitsFor      what holds it up, or null
 */
public record BatchView(UUID id, BatchStatus status, String printOrder, String onFailure, String printer,
        Instant createdAt,
        String startedBy, Instant finishedAt, Instant expectedBy, BatchCounts counts, FilterView filter,
        List<Rejected> rejected, int rejectedTotal, WaitsFor waitsFor) implements NotAllKept {
    private static final int VERSIONS = 1_000_000_000;

    /** Without a search: it may be a name, which an erasure would not find. */
    @Override
    public BatchView kept() {
        return filter == null || filter.q() == null
                ? this
                : new BatchView(id, status, printOrder, onFailure, printer, createdAt, startedBy, finishedAt,
                        expectedBy,
                        counts, filter.withoutText(), rejected, rejectedTotal, waitsFor);
    }

    /** Differs once its status, its counts, or what it waits for has changed; the same everywhere. */
    public int version() {
        var sum = new CRC32();
        sum.update(
                (status + " " + counts + (waitsFor == null ? "" : " " + waitsFor.batchId() + " " + waitsFor.orderId()))
                        .getBytes(UTF_8));
        return (int) (sum.getValue() % VERSIONS);
    }
}
