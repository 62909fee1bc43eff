package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofHours(1)));

    @RepeatedTest(20)
    void waitGrows_andIsAFifthLongerAtMost() {
        assertThat(schedule.after(1, null).orElseThrow()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
        assertThat(schedule.after(2, null).orElseThrow()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(72));
    }

    @Test
    void afterTheLastTry_thereIsNone() {
        assertThat(schedule.after(3, null)).isEmpty();
        assertThat(schedule.after(3, Duration.ofSeconds(5))).isEmpty();
        assertThat(new RetrySchedule(List.of()).after(1, null)).isEmpty();
    }

    @Test
    void endpointThatAsksForALongerWait_getsIt() {
        assertThat(schedule.after(1, Duration.ofMinutes(7))).contains(Duration.ofMinutes(7));
        assertThat(schedule.after(2, Duration.ofMinutes(7)).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }
}
