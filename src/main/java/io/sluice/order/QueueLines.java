package io.sluice.order;

import java.util.List;

/**
 * The lines in which orders wait for a worker, and how many were in each when they were last counted. Each channel has
 * a line, so that a flood of one does not delay the others. Another line of each channel has the orders that a person
 * has queued; workers take more of them at a time, because the person waits. They take some of every line in each
 * round, so no line waits for good.
 */
public record QueueLines(List<Line> lines) {
    /** Orders that are taken from a line of expedited orders in each round, where one is taken from the others. */
    public static final int EXPEDITED_SHARE = 4;

    public QueueLines {
        lines = List.copyOf(lines);
    }

    /** @param expedited whether a person has queued its orders */
    public record Line(boolean expedited, String channel, long length) {

        boolean is(boolean ofExpedited, String ofChannel) {
            return expedited == ofExpedited && channel.equals(ofChannel);
        }
    }

    /** How many orders are in a line; 0 if there is none. */
    public long length(boolean expedited, String channel) {
        return lines.stream().filter(line -> line.is(expedited, channel)).mapToLong(Line::length).sum();
    }

    /**
     * How many orders are taken before one.
     *
     * @param ahead how many of its own line are
     */
    public long ahead(boolean expedited, String channel, long ahead) {
        return ahead + lines.stream()
                .filter(line -> !line.is(expedited, channel))
                .mapToLong(line -> Math.min(line.length(), ahead * share(line.expedited()) / share(expedited)))
                .sum();
    }

    private static int share(boolean expedited) {
        return expedited ? EXPEDITED_SHARE : 1;
    }
}
