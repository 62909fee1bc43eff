package io.sluice.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureFailure;

class LiveClientsTest {
    private final LiveClients clients = new LiveClients();

    @Test
    void joining_startsWithARefreshAndMissesNothing() {
        AssertSubscriber<LivePush> page = clients.join().subscribe().withSubscriber(AssertSubscriber.create(10));
        clients.send(row(1));

        assertThat(page.getItems()).containsExactly(LivePush.refresh(), row(1));
    }

    @Test
    void slowPage_isDisconnectedWithoutAffectingOthers() {
        AssertSubscriber<LivePush> slow = clients.join().subscribe().withSubscriber(AssertSubscriber.create(1));
        AssertSubscriber<LivePush> quick = clients.join().subscribe().withSubscriber(AssertSubscriber.create(1_000));

        for (int i = 0; i < 500; i++) {
            clients.send(row(i));
        }

        slow.assertFailedWith(BackPressureFailure.class);
        quick.assertNotTerminated();
        assertThat(quick.getItems()).hasSize(501);
    }

    @Test
    void closedPages_areNotCounted() {
        AssertSubscriber<LivePush> page = clients.join().subscribe().withSubscriber(AssertSubscriber.create(1));
        assertThat(clients.none()).isFalse();

        page.cancel();

        assertThat(clients.none()).isTrue();
    }

    private static LivePush row(int number) {
        return new LivePush(LivePush.ROWS, "<tr>" + number);
    }
}
