package io.sluice.retention;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.retention.*}: how long things are kept. */
@ConfigMapping(prefix = "sluice.retention")
interface RetentionConfig {
    /** How long an order is kept after its end, with its history and events. Absent: for ever. */
    Optional<Duration> orders();

    /** A folder to which orders are written before they are removed. */
    Optional<Path> archive();

    /** How long an Idempotency-Key is remembered; at least 24 hours. */
    @WithDefault("48h")
    Duration idempotencyKeys();

    /** How long the audit is kept; at least 30 days. Absent: for ever. */
    Optional<Duration> audit();

    /** How long the delivery log of webhooks is kept. */
    @WithDefault("720h")
    Duration webhookDeliveries();
}
