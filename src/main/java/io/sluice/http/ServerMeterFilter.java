package io.sluice.http;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Removes the port from the metrics of HTTP servers. A server whose port is not configured has no such label, and
 * Prometheus refuses the meters of a second server with other labels.
 */
class ServerMeterFilter {

    @Produces
    @Singleton
    MeterFilter withoutPort() {
        return MeterFilter.ignoreTags("server.port");
    }
}
