package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void delay_doublesUpToTheMaximum() {
        List<Long> delays = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> policy.delayAfter(n, () -> 0).toMillis())
                .toList();
        assertThat(delays).containsExactly(1000L, 2000L, 4000L, 5000L, 5000L);
    }

    @Test
    void delay_jitterTakesAtMostHalf() {
        assertThat(policy.delayAfter(3, () -> 0.999_999).toMillis()).isEqualTo(2000);
    }

    @Test
    void delay_afterManyAttempts_doesNotOverflow() {
        assertThat(policy.delayAfter(2000, () -> 0)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void attempts_areCountedIncludingTheFirst() {
        assertThat(policy.allowsAfter(4)).isTrue();
        assertThat(policy.allowsAfter(5)).isFalse();
    }

    @Test
    void nonsense_isRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void delay_isNeverNothing() {
        RetryPolicy hasty = new RetryPolicy(2, Duration.ofNanos(1), Duration.ofNanos(1));
        assertThat(hasty.delayAfter(1, () -> 0)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void delay_beforeAnyAttempt_isTheFirstOne() {
        assertThat(policy.delayAfter(0, () -> 0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void smallestPolicy_isAllowed() {
        assertThat(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)).allowsAfter(0)).isTrue();
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
