package io.sluice.shutdown;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells load balancers that a process which is stopping is ready no more. */
@Readiness
@ApplicationScoped
class ShutdownHealth implements HealthCheck {
    private final GracefulShutdown departure;

    ShutdownHealth(GracefulShutdown departure) {
        this.departure = departure;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("not stopping").status(!departure.begun()).build();
    }
}
