package io.sluice.dashboard;

import java.util.ArrayList;
import java.util.List;

import io.sluice.batch.BatchCounts;
import io.sluice.order.OrderStatus;

/** The coloured part of a progress bar that is {@value #LENGTH} units long. */
final class ProgressBar {
    static final int LENGTH = 1_000;
    /** One failed order among a hundred thousand must not be overlooked. */
    private static final int SHORTEST = 6;

    private ProgressBar() {}

    /** A piece of the bar: so many units from {@code x} on. */
    record Segment(OrderStatus status, int x, int width) {}

    /** What has come to a result first, then what is under way; what waits is left blank. */
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
        // The short ones that were lengthened may be too much together; the longest one can spare it.
        widths[widest] -= Math.max(0, sum - LENGTH);
        return widths;
    }
}
