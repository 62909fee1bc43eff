package io.sluice.handle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.handling.*}: how orders are handled. */
@ConfigMapping(prefix = "sluice.handling")
public interface HandlingConfig {

    /** The steps of every order, in their sequence. */
    @WithDefault("print-packing-slip,create-shipment,send-tracking,mark-shipped")
    List<String> steps();

    /** Which of them run in batch order; may be empty. */
    @WithDefault("print-packing-slip")
    Optional<List<String>> orderedSteps();

    /** How long a lane waits for an order that is DELAYED for reasons of its own, before the next one goes first. */
    @WithDefault("10s")
    Duration lanePatience();

    /** How many positions ahead of a lane's cursor the orders of a batch may start. */
    @WithDefault("64")
    int lookAhead();

    /** Orders that one worker handles at a time. */
    @WithDefault("64")
    int concurrency();

    /** Attempts a step has before its order is FAILED. */
    @WithDefault("5")
    int maxAttempts();

    /** Before the second attempt; doubles with every further one. */
    @WithDefault("1s")
    Duration retryDelay();

    /** The longest wait between two attempts. */
    @WithDefault("5m")
    Duration retryMaxDelay();

    /** How long a step may be silent before another worker takes its order over; longer than a partner's time-out. */
    @WithDefault("20s")
    Duration lease();
}
