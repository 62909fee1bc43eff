package io.sluice.intake;

import java.time.Instant;
import java.util.List;

import io.sluice.partner.ImportSource;
import io.sluice.partner.PartnerState;

/**
 * The import from one marketplace as the API shows it.
 *
 * @param channels the channels that its orders may have
 * @param handling of its orders: {@code auto} or {@code manual}
 * @param nextAt   when orders are fetched next; while the marketplace is down or paused, as soon as it works again
 * @param last     the present import or, once it has ended, the last one; null before the first
 * @param problems orders that are kept with their problem
 */
public record ImportView(String marketplace, List<String> channels, String handling, State state, Instant nextAt,
        Run last, long problems) {

    /** What the import does. */
    public enum State {
        /** It waits for its time. */
        WAITING,
        /** It fetches orders. */
        IMPORTING,
        /** The marketplace is down. */
        DOWN,
        /** A person has paused the marketplace. */
        PAUSED
    }

    /**
     * One import.
     *
     * @param finishedAt null while it goes on
     * @param error      why it ended early, or null
     */
    public record Run(Instant startedAt, Instant finishedAt, String error, int created, int known, int cancelled,
            int problems) {}

    static ImportView of(ImportSource source, ImportState at) {
        PageCounts counts = at.counts();
        Run last = at.startedAt() == null
                ? null
                : new Run(at.startedAt(), at.finishedAt(), at.error(), counts.created(), counts.known(),
                        counts.cancelled(), counts.problems());
        return new ImportView(source.name(), source.channels(), source.handling().wireName(), state(at),
                at.nextAt(), last, at.kept());
    }

    private static State state(ImportState at) {
        return switch (PartnerState.valueOf(at.partnerState())) {
            case PAUSED -> State.PAUSED;
            case DOWN, PROBING -> State.DOWN;
            case UP -> at.startedAt() != null && at.finishedAt() == null ? State.IMPORTING : State.WAITING;
        };
    }
}
