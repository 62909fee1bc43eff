package io.sluice.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.order.OrderDraft;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;

class NewOrderTest {

    @ParameterizedTest
    @CsvSource({"2025-02-28T08:30:00Z, 2025-02-28T08:30:00Z", "2025-03-01T12:00:00Z, 2025-03-01T12:00:00Z",
            "2025-03-01T12:00:01Z, 2025-03-01T12:00:00Z", "2025-03-02T11:59:59Z, 2025-03-01T12:00:00Z"})
    void placedAheadOfOurClock_countsAsNow(String sent, String placedAt) {
        String json = OrderReaderTest.ORDER.replace("2025-02-28T09:30:00.1234567+01:00", sent);
        OrderDraft draft = new OrderReader(Clock.fixed(OrderReaderTest.NOW, ZoneOffset.UTC)).read(json.getBytes(UTF_8));

        OrderView view = NewOrder.view(draft, OrderContent.of(draft), OrderReaderTest.NOW);

        assertThat(view.placedAt()).isEqualTo(placedAt);
        assertThat(draft.placedAt()).isEqualTo(sent);
    }
}
