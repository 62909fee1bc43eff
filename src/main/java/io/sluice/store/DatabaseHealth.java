package io.sluice.store;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Turns readiness off while the database takes no writes. Answers at once, whatever the database does. */
@Readiness
@ApplicationScoped
class DatabaseHealth implements HealthCheck {
    private final DatabaseWatch database;

    DatabaseHealth(DatabaseWatch database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> outage = database.outage();
        var response = HealthCheckResponse.named("database takes writes").status(outage.isEmpty());
        outage.ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
