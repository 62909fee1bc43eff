package io.sluice.handle;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import io.sluice.order.HandlingPlan;
import io.sluice.order.HandlingRules;
import io.sluice.order.RetryPolicy;
import io.sluice.partner.PartnerConfig;

/**
 * Makes the plan and the rules of the configuration, and stops the start-up if they make no sense. Checked by hand:
 * Bean Validation names the property, not the variable that users set, and knows no rule about two of them.
 */
class HandlingSetup {
    /** For what a step takes besides its partner's answer. */
    private static final long MARGIN_MS = 5000;

    @Produces
    @Singleton
    HandlingPlan plan(HandlingConfig config) {
        return naming("SLUICE_HANDLING_STEPS, SLUICE_HANDLING_ORDERED_STEPS",
                () -> HandlingPlan.of(config.steps(), config.orderedSteps().orElse(List.of())));
    }

    @Produces
    @Singleton
    HandlingRules rules(HandlingConfig config, HandlingPlan plan) {
        RetryPolicy retries = naming(
                "SLUICE_HANDLING_MAX_ATTEMPTS, SLUICE_HANDLING_RETRY_DELAY, SLUICE_HANDLING_RETRY_MAX_DELAY",
                () -> new RetryPolicy(config.maxAttempts(), config.retryDelay(), config.retryMaxDelay()));
        return new HandlingRules(plan, retries, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Before anything else starts, so that the reason is not lost among the complaints of what is torn down. */
    void check(@Observes @Priority(1) StartupEvent event, HandlingRules rules, HandlingConfig config,
            PartnerConfig partners) {
        rules.plan().first();
        if (config.lease().toMillis() < partners.timeoutMs() + MARGIN_MS) {
            throw new IllegalArgumentException("SLUICE_HANDLING_LEASE: must be at least " + MARGIN_MS
                    + " ms longer than SLUICE_PARTNERS_TIMEOUT_MS, or a step could run twice at the same time");
        }
        require(config.concurrency() >= 1, "SLUICE_HANDLING_CONCURRENCY: must be at least 1");
        require(config.lookAhead() >= 0, "SLUICE_HANDLING_LOOK_AHEAD: must not be negative");
        require(!config.lanePatience().isNegative(), "SLUICE_HANDLING_LANE_PATIENCE: must not be negative");
        require(partners.maxInFlight() >= 1 && partners.maxInFlight() <= PartnerConfig.MAX_CONNECTIONS,
                "SLUICE_PARTNERS_MAX_IN_FLIGHT: must be 1 to " + PartnerConfig.MAX_CONNECTIONS);
        require(partners.maxRate() >= 1, "SLUICE_PARTNERS_MAX_RATE: must be at least 1");
        require(partners.breakerCalls() >= 1, "SLUICE_PARTNERS_BREAKER_CALLS: must be at least 1");
        require(partners.resumeRate() >= 1, "SLUICE_PARTNERS_RESUME_RATE: must be at least 1");
        require(partners.probeDelay().toMillis() >= 1
                && partners.probeMaxDelay().compareTo(partners.probeDelay()) >= 0,
                "SLUICE_PARTNERS_PROBE_DELAY, SLUICE_PARTNERS_PROBE_MAX_DELAY: the first must be positive and not above"
                        + " the second");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static <T> T naming(String keys, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(keys + ": " + wrong.getMessage(), wrong);
        }
    }
}
