package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class FateTest {

    @Test
    void fate_sameSeedKeyAndCall_same() {
        assertThat(Fate.of(1, "k", 1)).isEqualTo(Fate.of(1, "k", 1));
        assertThat(Fate.of(1, "k", 1)).isNotEqualTo(Fate.of(2, "k", 1))
                .isNotEqualTo(Fate.of(1, "l", 1))
                .isNotEqualTo(Fate.of(1, "k", 2));
    }

    @Test
    void refusals_similarKeys_asManyAsTheRateSays() {
        long refused = IntStream.range(0, 10_000).filter(i -> Fate.of(1, "order-" + i, 1).refusedAt(0.05)).count();

        assertThat(refused).isCloseTo(500, within(100L));
    }

    @Test
    void refusals_retriesOfOneKey_asManyAsTheRateSays() {
        long refused = IntStream.range(0, 10_000).filter(i -> Fate.of(1, "order-1", i).refusedAt(0.05)).count();

        assertThat(refused).isCloseTo(500, within(100L));
    }

    @Test
    void rates_zeroAndOne_neverAndAlways() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> Fate.of(1, "k", i)))
                .noneMatch(fate -> fate.refusedAt(0) || fate.lostAt(0) || fate.faultyAt(0))
                .allMatch(fate -> fate.refusedAt(1) && fate.lostAt(1) && fate.faultyAt(1));
    }
}
