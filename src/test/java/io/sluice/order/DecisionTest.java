package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final Reason WHY = new Reason("some-code", "Because.", 500);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.750Z");

    private static Decision delayed(Reason reason, Duration delay) {
        return new Decision(OrderStatus.DELAYED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, reason, delay,
                new Shipment("T1", "Carrier"), Partner.defaultOf(PartnerKind.CARRIER), true);
    }

    @Test
    void delay_isToldInTheReason_toTheSecond() {
        assertThat(delayed(WHY, Duration.ofSeconds(90)).heldFrom(NOW)).isEqualTo(
                delayed(new Reason("some-code", "Because. The next attempt is due at 2026-01-01T12:01:30Z.", 500),
                        Duration.ofSeconds(90)));
    }

    @Test
    void withoutDelayOrReason_nothingIsTold() {
        assertThat(delayed(WHY, null).heldFrom(NOW)).isEqualTo(delayed(WHY, null));
        assertThat(delayed(null, Duration.ZERO).heldFrom(NOW)).isEqualTo(delayed(null, Duration.ZERO));
    }

    @Test
    void reason_needsCodeAndDetail() {
        assertThatNullPointerException().isThrownBy(() -> new Reason(null, "Because.", null));
        assertThatNullPointerException().isThrownBy(() -> new Reason("some-code", null, null));
    }
}
