package io.sluice.crash;

/** The duration of an outage. */
final class Outage {
    static final long SECONDS = Long.getLong("crash.outage-seconds", 15);

    private Outage() {}
}
