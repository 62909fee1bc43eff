package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;

class FailureStreakTest {
    private final FailureStreak streak = new FailureStreak(4);

    private boolean answered(int order, int underway) {
        return streak.add(new UUID(0, order), Verdict.ORDER_FAILS, underway);
    }

    private boolean unanswered(int order, int underway) {
        return streak.add(new UUID(0, order), Verdict.PARTNER_FAILS, underway);
    }

    @Test
    void unansweredCalls_countEachTime_evenOfOneOrder() {
        assertThat(unanswered(1, 0)).isFalse();
        assertThat(unanswered(1, 0)).isFalse();
        assertThat(unanswered(1, 0)).isFalse();
        assertThat(unanswered(1, 0)).isTrue();
    }

    @Test
    void errors_countOnceAnOrder() {
        for (int i = 0; i < 10; i++) {
            assertThat(answered(1, 0)).isFalse();
        }
        assertThat(answered(2, 0)).isFalse();
        assertThat(answered(3, 0)).isFalse();
        assertThat(answered(4, 0)).isTrue();
    }

    @Test
    void bothKinds_countTogether() {
        answered(1, 0);
        answered(2, 0);
        unanswered(2, 0);
        assertThat(answered(3, 0)).isTrue();
    }

    @Test
    void errors_proveNothing_whileAsManyCallsAreUnderWay() {
        answered(1, 9);
        answered(2, 9);
        answered(3, 9);
        assertThat(answered(4, 4)).isFalse();
        assertThat(answered(4, 3)).isTrue();
    }

    @Test
    void unansweredCall_proves_whateverIsUnderWay() {
        answered(1, 9);
        answered(2, 9);
        answered(3, 9);
        assertThat(unanswered(4, 99)).isTrue();
    }

    @Test
    void success_beginsAnew() {
        answered(1, 0);
        answered(2, 0);
        unanswered(3, 0);
        streak.end();
        assertThat(unanswered(4, 0)).isFalse();
        assertThat(unanswered(4, 0)).isFalse();
        assertThat(answered(1, 0)).isFalse();
        assertThat(answered(2, 0)).isTrue();
    }

    @Test
    void limitOfOne_isReachedAtOnce() {
        assertThat(new FailureStreak(1).add(new UUID(0, 1), Verdict.ORDER_FAILS, 0)).isTrue();
    }
}
