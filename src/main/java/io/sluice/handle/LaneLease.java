package io.sluice.handle;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.sluice.lane.Lane;
import io.sluice.lane.LaneTable;
import io.smallrye.mutiny.Uni;

/** The lease of a lane that this worker holds, by this process' own measure of time. */
final class LaneLease {
    private static final Logger LOG = Logger.getLogger(LaneLease.class);

    private final Lane lane;
    private final LaneTable table;
    private final Duration length;
    private final Duration call;
    private volatile long endsAtNanos;

    /**
     * @param acquiredAtNanos {@link System#nanoTime()} before the database was asked for the lane
     * @param call            how long a call of the partner takes at most
     */
    LaneLease(Lane lane, LaneTable table, Duration length, Duration call, long acquiredAtNanos) {
        this.lane = lane;
        this.table = table;
        this.length = length;
        this.call = call;
        this.endsAtNanos = acquiredAtNanos + length.toNanos();
    }

    Lane lane() {
        return lane;
    }

    /** Renews the lease; false if another worker holds the lane by now. */
    Uni<Boolean> renew() {
        return Uni.createFrom().deferred(() -> {
            long end = System.nanoTime() + length.toNanos();
            return table.renew(lane, length).invoke(held -> {
                if (held) {
                    endsAtNanos = end;
                }
            });
        });
    }

    /**
     * Emits when the lease ends, in {@link System#nanoTime()}, if the lane will be this worker's until a call that
     * begins now has ended; fails otherwise. This process may have been frozen since it renewed its lease.
     */
    Uni<Long> coversACall() {
        return (endsAtNanos - System.nanoTime() > call.toNanos() ? Uni.createFrom().item(true) : renew()).map(held -> {
            if (!held) {
                LOG.warnf("Another worker has taken lane %s over", lane.name());
                throw new IllegalStateException("another worker holds it");
            }
            return endsAtNanos;
        });
    }
}
