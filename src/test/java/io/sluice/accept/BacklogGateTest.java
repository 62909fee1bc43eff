package io.sluice.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class BacklogGateTest {
    private final BacklogGate gate = new BacklogGate(1000);

    @Test
    void openBelowTheLimit() {
        assertThat(gate.waitAt(999, 10)).isZero();
    }

    @Test
    void closedAtTheLimit_forAsLongAsATenthTakes() {
        assertThat(gate.waitAt(1000, 10)).isEqualTo(Duration.ofSeconds(10));
        assertThat(gate.waitAt(1400, 10)).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void staysClosed_untilATenthIsHandled() {
        gate.waitAt(1000, 10);
        assertThat(gate.waitAt(905, 10)).isEqualTo(Duration.ofMillis(500));
        assertThat(gate.waitAt(901, 1000)).isEqualTo(Duration.ofMillis(1));
        assertThat(gate.waitAt(900, 10)).isZero();
        assertThat(gate.waitAt(999, 10)).isZero();
    }

    @Test
    void nothingIsHandled() {
        assertThat(gate.waitAt(1000, 0)).isEqualTo(Duration.ofSeconds(10));
    }
}
