package io.sluice.handle;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.GroupWriter;
import io.smallrye.mutiny.Uni;

/** Writes attempts: those of many orders share a statement; that of a lane goes alone, because no slip should wait. */
@ApplicationScoped
class AttemptWriter {
    private static final int MAX_GROUP = 500;
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    private final AttemptTable table;
    private final Duration lease;
    private final GroupWriter<Attempt, WriteResult> group;

    AttemptWriter(AttemptTable table, HandlingConfig config) {
        this.table = table;
        this.lease = config.lease();
        this.group = new GroupWriter<>(MAX_GROUP, Integer.MAX_VALUE, table::write);
    }

    /**
     * Writes an attempt; completes after the commit. While the database cannot be reached it tries again, as long as the
     * lease lasts: after that another worker has the order.
     */
    Uni<WriteResult> write(Attempt attempt) {
        return once(attempt).chain(result -> result == WriteResult.REFUSED
                // A cancel may have been committed in the middle of the statement, which saw half of it.
                ? once(attempt)
                : Uni.createFrom().item(result))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(lease.toMillis());
    }

    private Uni<WriteResult> once(Attempt attempt) {
        return attempt.claim().lane() == null
                ? group.submit(attempt)
                : Uni.createFrom().deferred(() -> table.writeInLane(attempt));
    }
}
