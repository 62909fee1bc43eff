package io.sluice.dashboard.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.batch.BatchCounts;
import io.sluice.dashboard.batch.ProgressBar.Segment;
import io.sluice.order.OrderStatus;

class ProgressBarTest {

    @Test
    void segments_areContiguousAndLeaveWaitingOrdersBlank() {
        assertThat(ProgressBar.segments(new BatchCounts(100, 50, 5, 5, 20, 15, 5))).containsExactly(
                new Segment(OrderStatus.HANDLED, 0, 200), new Segment(OrderStatus.FAILED, 200, 150),
                new Segment(OrderStatus.CANCELLED, 350, 50), new Segment(OrderStatus.DELAYED, 400, 50),
                new Segment(OrderStatus.HANDLING, 450, 50));
    }

    @Test
    void oneFailedOrderAmongMany_isVisible() {
        List<Segment> segments = ProgressBar.segments(new BatchCounts(100_000, 0, 0, 0, 99_999, 1, 0));

        assertThat(segments.get(1).width()).isGreaterThan(3);
        assertThat(segments.stream().mapToInt(Segment::width).sum()).isEqualTo(ProgressBar.LENGTH);
    }

    @Test
    void millionsOfOrders_doNotOverflow() {
        assertThat(ProgressBar.segments(new BatchCounts(10_000_000, 5_000_000, 0, 0, 5_000_000, 0, 0)))
                .containsExactly(new Segment(OrderStatus.HANDLED, 0, 500));
    }

    @Test
    void emptyBatch_hasNoSegments() {
        assertThat(ProgressBar.segments(new BatchCounts(0, 0, 0, 0, 0, 0, 0))).isEmpty();
    }
}
