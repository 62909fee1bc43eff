package io.sluice.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.ext.web.RoutingContext;

/** A worker answers for its health and its metrics, and for nothing else. */
@Singleton
class RoleCheck implements RequestCheck {

    private final boolean worker;

    @Inject
    RoleCheck(@ConfigProperty(name = "sluice.role", defaultValue = "all") String role) {
        this.worker = "worker".equals(role);
    }

    @Override
    public ProblemException refusal(RoutingContext request) {
        if (!worker || request.normalizedPath().startsWith("/q/")) {
            return null;
        }
        return ProblemException
                .notFound("This process is a worker; the API is served by processes of the role api or all.");
    }
}
