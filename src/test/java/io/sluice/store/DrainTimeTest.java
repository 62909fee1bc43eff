package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTimeTest {
    private final DrainTime drain = new DrainTime();
    private long now;

    private void group(Duration took) {
        drain.begin(now);
        now += took.toNanos();
        drain.end(now);
    }

    @BeforeEach
    void manyGroups() {
        for (int i = 0; i < 50; i++) {
            group(Duration.ofMillis(100));
        }
    }

    @Test
    void takesAsLongAsTheLastGroups() {
        assertThat(drain.of(20, now)).isBetween(Duration.ofMillis(1990), Duration.ofMillis(2010));
    }

    @Test
    void followsThePace() {
        for (int i = 0; i < 10; i++) {
            group(Duration.ofSeconds(1));
        }
        assertThat(drain.of(20, now)).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(20));
    }

    @Test
    void groupThatHangs_countsAtOnce() {
        drain.begin(now);
        now += Duration.ofSeconds(3).toNanos();
        assertThat(drain.of(20, now)).isEqualTo(Duration.ofSeconds(60));
    }
}
