package io.sluice.dashboard.batch;

import java.util.ArrayList;
import java.util.List;

import io.sluice.batch.BatchCounts;
import io.sluice.order.OrderStatus;

/** The segments of a progress bar of {@value #LENGTH} units. */
final class ProgressBar {
    static final int LENGTH = 1_000;
    /** Keeps a single failed order visible in a large batch. */
    private static final int SHORTEST = 6;

    private ProgressBar() {}

    /** A segment of {@code width} units that starts at {@code x}. */
    record Segment(OrderStatus status, int x, int width) {}

    /** Finished orders first, then open ones. Waiting orders stay blank. */
    static List<Segment> segments(BatchCounts counts) {
        OrderStatus[] statuses = {OrderStatus.HANDLED, OrderStatus.FAILED, OrderStatus.CANCELLED, OrderStatus.DELAYED,
                OrderStatus.HANDLING};
        int[] orders = {counts.handled(), counts.failed(), counts.cancelled(), counts.delayed(), counts.handling()};
        int[] widths = widths(orders, counts.total());
        List<Segment> segments = new ArrayList<>();
        int x = 0;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                segments.add(new Segment(statuses[i], x, widths[i]));
                x += widths[i];
            }
        }
        return segments;
    }

    private static int[] widths(int[] orders, int total) {
        int[] widths = new int[orders.length];
        int sum = 0;
        int widest = 0;
        for (int i = 0; i < orders.length; i++) {
            widths[i] = orders[i] == 0 ? 0 : Math.max(SHORTEST, (int) (LENGTH * (long) orders[i] / total));
            sum += widths[i];
            widest = widths[i] > widths[widest] ? i : widest;
        }
        // Lengthened segments may exceed the bar; the widest one is shortened to compensate.
        widths[widest] -= Math.max(0, sum - LENGTH);
        return widths;
    }
}
