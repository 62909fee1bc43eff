package io.sluice.partner;

import java.net.URI;
import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** {@code sluice.partners.*}: where the partners are, how much they are asked to do, and when one counts as down. */
@ConfigMapping(prefix = "sluice.partners")
public interface PartnerConfig {
    /** Connections of one process to one partner; more calls than that would wait for one. */
    int MAX_CONNECTIONS = 256;

    @WithName("carrier.url")
    URI carrierUrl();

    @WithName("printer.url")
    URI printerUrl();

    @WithName("marketplace.url")
    URI marketplaceUrl();

    /** Milliseconds that an answer may take, to its last byte. */
    @WithDefault("10000")
    long timeoutMs();

    /** Calls to one partner that one worker has under way at a time. */
    @WithDefault("64")
    int maxInFlight();

    /** Calls a second that one worker makes to one partner. */
    @WithDefault("1000")
    int maxRate();

    /** So many failed calls in a row and the partner counts as down. */
    @WithDefault("4")
    int breakerCalls();

    /** After which a partner that is down is tried; doubles with every further try. */
    @WithDefault("1s")
    Duration probeDelay();

    /** No wait between two tries is longer. */
    @WithDefault("10s")
    Duration probeMaxDelay();

    /** Held orders a second that go on when their partner is back; begins with a tenth of it. */
    @WithDefault("100")
    int resumeRate();
}
