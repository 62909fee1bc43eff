package io.sluice.shutdown;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Turns readiness off during the shutdown, so that load balancers stop sending requests. */
@Readiness
@ApplicationScoped
class ShutdownHealth implements HealthCheck {
    private final GracefulShutdown shutdown;

    ShutdownHealth(GracefulShutdown shutdown) {
        this.shutdown = shutdown;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("not stopping").status(!shutdown.begun()).build();
    }
}
