package io.sluice.partner;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithUnnamedKey;

/**
 * {@code sluice.partners.*}: where the partners are, whose orders they take, how much they are asked to do, and when
 * one counts as down. {@code sluice.partners.carrier.url} is of the default carrier,
 * {@code sluice.partners.carrier.dhl.url} of the carrier {@code dhl}.
 */
@ConfigMapping(prefix = "sluice.partners")
public interface PartnerConfig {
    /** Connections of one process to one partner; more calls than that would wait for one. */
    int MAX_CONNECTIONS = 256;

    @WithUnnamedKey("carrier")
    Map<String, NamedPartner> carrier();

    @WithUnnamedKey("printer")
    Map<String, NamedPartner> printer();

    @WithUnnamedKey("marketplace")
    Map<String, Marketplace> marketplace();

    /** Milliseconds that an answer may take, to its last byte. */
    @WithDefault("10000")
    long timeoutMs();

    /** Calls to one partner that one worker has under way at a time. */
    @WithDefault("64")
    int maxInFlight();

    /** Calls a second that one worker makes to one partner. */
    @WithDefault("1000")
    int maxRate();

    /**
     * Failures since the last success after which a partner counts as down; errors that it answers count once an order.
     */
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

    /** One partner. */
    interface NamedPartner {
        /** Must be there; {@link PartnerDirectory} says so in words of its own. */
        Optional<URI> url();

        /** The channels whose orders it takes; all if none is named. */
        Optional<List<String>> channels();

        /** The countries whose orders it takes, ISO 3166-1 alpha-2; all if none is named. */
        Optional<List<String>> countries();
    }

    /** A marketplace. */
    interface Marketplace extends NamedPartner {
        /** Whether its pending orders are fetched, and what becomes of them; off if absent. */
        Optional<Intake> intake();
    }
}
