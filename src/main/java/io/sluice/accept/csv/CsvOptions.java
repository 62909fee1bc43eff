package io.sluice.accept.csv;

import io.sluice.order.Handling;

/**
 * How a file is read.
 *
 * @param channel       of orders whose rows name none
 * @param ignoreUnknown whether columns whose names are not known are left out; otherwise they are errors
 */
public record CsvOptions(String channel, Handling handling, boolean ignoreUnknown) {
    public static final String DEFAULT_CHANNEL = "csv";

    /** @param channel null for the default */
    public CsvOptions {
        channel = channel == null ? DEFAULT_CHANNEL : channel;
    }
}
