package io.sluice.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class ChangedIdsTest {
    private final ChangedIds changed = new ChangedIds(3);

    @Test
    void sameOrderTwice_isKeptOnce() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        changed.add(List.of(first, second));
        changed.add(List.of(first));

        assertThat(changed.take()).containsExactly(first, second);
        assertThat(changed.isEmpty()).isTrue();
    }

    @Test
    void flood_stopsAboveTheLimit() {
        changed.add(Stream.generate(UUID::randomUUID).limit(10_000).toList());

        assertThat(changed.take()).hasSize(4);
    }
}
