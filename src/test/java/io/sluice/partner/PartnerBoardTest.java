package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;

class PartnerBoardTest {
    private static final Partner CARRIER = Partner.defaultOf(PartnerKind.CARRIER);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final PartnerBoard board = new PartnerBoard();

    /** The table may answer late: under load, the time that it tells is seconds old when it arrives. */
    @Test
    void failureAfterASuccess_isTheYoungerOne_howeverOldTheTimesOfTheTableAre() {
        board.show(CARRIER, PartnerState.UP, null, NOW);
        board.succeeded(CARRIER);
        board.show(CARRIER, PartnerState.UP, null, NOW.minusSeconds(2));
        Instant failedAt = board.now();
        assertThat(board.workedSince(CARRIER, failedAt)).isFalse();
        board.succeeded(CARRIER);
        assertThat(board.workedSince(CARRIER, failedAt)).isTrue();
    }

    @Test
    void clock_isTheDatabases_notThisProcesses() {
        board.show(CARRIER, PartnerState.UP, null, NOW);
        assertThat(board.now()).isBetween(NOW, NOW.plusSeconds(60));
        board.show(CARRIER, PartnerState.UP, null, NOW.plusSeconds(3600));
        assertThat(board.now()).isAfterOrEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void youngestSuccess_ofAnyWorker_counts() {
        board.show(CARRIER, PartnerState.UP, NOW, NOW);
        board.show(CARRIER, PartnerState.UP, NOW.minusSeconds(60), NOW);
        assertThat(board.lastSuccess(CARRIER)).isEqualTo(NOW);
        assertThat(board.workedSince(CARRIER, NOW.minusSeconds(1))).isTrue();
        assertThat(board.workedSince(CARRIER, NOW)).isFalse();
        assertThat(board.workedSince(CARRIER, null)).isFalse();
    }
}
