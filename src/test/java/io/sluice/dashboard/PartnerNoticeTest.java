package io.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.partner.PartnerState;
import io.sluice.partner.PartnerView;

class PartnerNoticeTest {

    @Test
    void partnersUpWithoutHeldOrders_areNotShown() {
        assertThat(PartnerNotice.of(List.of(partner(PartnerState.UP, 0)))).isEmpty();
        assertThat(PartnerNotice.of(List.of(partner(PartnerState.UP, 1), partner(PartnerState.DOWN, 0),
                partner(PartnerState.PROBING, 0)))).hasSize(3);
    }

    @Test
    void heldOrders_areCounted() {
        assertThat(held(PartnerState.DOWN, 0)).isEqualTo(
                "Orders that need it are held and continue automatically when it is back.");
        assertThat(held(PartnerState.DOWN, 1)).startsWith("1 order is held and continues");
        assertThat(held(PartnerState.PROBING, 12_345)).startsWith("12,345 orders are held and continue");
        assertThat(held(PartnerState.UP, 1)).isEqualTo("1 held order continues.");
        assertThat(held(PartnerState.UP, 12)).isEqualTo("12 held orders continue.");
    }

    @Test
    void pausedPartner_waitsUntilItIsResumed() {
        assertThat(held(PartnerState.PAUSED, 0)).isEqualTo(
                "Orders that need it are held and continue automatically when it is resumed.");
        assertThat(held(PartnerState.PAUSED, 1)).isEqualTo(
                "1 order is held and continues automatically when the carrier is resumed.");
        assertThat(held(PartnerState.PAUSED, 2)).endsWith("when it is resumed.");
    }

    private static String held(PartnerState state, long orders) {
        return new PartnerNotice(partner(state, orders)).held();
    }

    private static PartnerView partner(PartnerState state, long held) {
        return new PartnerView("carrier", "carrier", state, Instant.EPOCH, null, 0, held, null);
    }
}
