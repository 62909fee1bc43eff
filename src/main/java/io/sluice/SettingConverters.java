package io.sluice;

import java.time.Duration;
import java.util.Locale;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.DurationConverter;

/** Converters that refuse what the converters of SmallRye Config would accept or correct. */
final class SettingConverters {

    private SettingConverters() {}

    /** A TCP port; 0 stands for any free one. */
    static class Port implements Converter<Integer> {
        private static final int MAX = 65_535;

        @Override
        public Integer convert(String text) {
            int port = Integer.parseInt(text);
            require(port >= 0 && port <= MAX, "it must be between 0 and " + MAX);
            return port;
        }
    }

    /** {@code true} or {@code false}; SmallRye Config reads every other word as false. */
    static class TrueOrFalse implements Converter<Boolean> {

        @Override
        public Boolean convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("it must be true or false");
            };
        }
    }

    /** A duration from zero up. */
    static class Latency implements Converter<Duration> {

        @Override
        public Duration convert(String text) {
            Duration latency = DurationConverter.parseDuration(text);
            require(!latency.isNegative(), "it must not be negative");
            return latency;
        }
    }

    /** A share of all cases, from 0 to 1. */
    static class Share implements Converter<Double> {

        @Override
        public Double convert(String text) {
            double share = Double.parseDouble(text);
            require(share >= 0 && share <= 1, "it must be between 0 and 1");
            return share;
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
