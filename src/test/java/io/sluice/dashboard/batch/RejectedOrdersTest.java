package io.sluice.dashboard.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.sluice.batch.Rejected;
import io.sluice.dashboard.batch.RejectedOrders.Group;

class RejectedOrdersTest {

    @Test
    void sameReason_isOneGroupWithExamples() {
        List<Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < 1_234; i++) {
            rejected.add(new Rejected(UUID.randomUUID(), "It has been handled.", null));
        }
        rejected.add(new Rejected(UUID.randomUUID(), "It is cancelled.", null));

        RejectedOrders grouped = RejectedOrders.of(rejected, 2_000);

        assertThat(grouped.groups()).extracting(Group::orders, Group::reason, Group::othersText)
                .containsExactly(tuple("1,234 orders", "It has been handled.", "1,231"),
                        tuple("1 order", "It is cancelled.", null));
        assertThat(grouped.named()).hasSize(4);
        assertThat(grouped.unlisted()).isEqualTo(765);
    }

    @Test
    void orderInAnotherBatch_linksToThatBatch() {
        UUID order = UUID.randomUUID();
        UUID batch = UUID.randomUUID();

        Group group = RejectedOrders
                .of(List.of(new Rejected(order, "It is in batch " + batch + ", which is still running.", batch)), 1)
                .with(Map.of(order, "WEB-1"))
                .groups()
                .get(0);

        assertThat(group.reason()).isEqualTo("It is in another batch, which is still running.");
        assertThat(group.batch()).isEqualTo(batch);
        assertThat(group.examples()).containsExactly(new RejectedOrders.NamedOrder(order, "WEB-1"));
    }
}
