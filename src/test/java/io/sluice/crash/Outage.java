package io.sluice.crash;

/** How long an outage lasts; a minute in a campaign, less where there are many scenarios to get through. */
final class Outage {
    static final long SECONDS = Long.getLong("crash.outage-seconds", 15);

    private Outage() {}
}
