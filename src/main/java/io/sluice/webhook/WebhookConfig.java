package io.sluice.webhook;

import java.time.Duration;
import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.webhooks.*}: how events are sent to endpoints. */
@ConfigMapping(prefix = "sluice.webhooks")
interface WebhookConfig {
    /** Whether endpoints may be at loopback, link-local and private addresses. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** How long an answer may take, from the look-up of the name to its last byte. */
    @WithDefault("15s")
    Duration timeout();

    /** How long to wait before each further try; after the last one, the delivery has failed. */
    @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
    List<Duration> retryDelays();

    /** An endpoint that has answered nothing but errors for so long is disabled. */
    @WithDefault("120h")
    Duration disableAfter();

    /** How many messages a process sends to one endpoint at a time. */
    @WithDefault("8")
    int maxInFlight();
}
