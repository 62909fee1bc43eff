package io.sluice.accept.csv;

import java.util.Set;

import io.sluice.order.Handling;

/**
 * How a file is read.
 *
 * @param channel       of orders whose rows name none
 * @param ignoreUnknown whether columns whose names are not known are left out; otherwise they are errors
 * @param allowedChannels orders of others are errors; empty: all are allowed
 */
public record CsvOptions(String channel, Handling handling, boolean ignoreUnknown, Set<String> allowedChannels) {
    public static final String DEFAULT_CHANNEL = "csv";

    /** @param channel null for the default */
    public CsvOptions {
        channel = channel == null ? DEFAULT_CHANNEL : channel;
    }

    /** Without a limit of channels. */
    public CsvOptions(String channel, Handling handling, boolean ignoreUnknown) {
        this(channel, handling, ignoreUnknown, Set.of());
    }

    boolean allows(String channelOfAnOrder) {
        return allowedChannels.isEmpty() || allowedChannels.contains(channelOfAnOrder);
    }
}
