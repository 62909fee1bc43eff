package io.sluice.crash;

/** How long an outage lasts. */
final class Outage {
    static final long SECONDS = Long.getLong("crash.outage-seconds", 15);

    private Outage() {}
}
