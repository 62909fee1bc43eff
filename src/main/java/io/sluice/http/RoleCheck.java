package io.sluice.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.sluice.process.Role;
import io.vertx.ext.web.RoutingContext;

/** A worker serves its health and its metrics only. */
@Singleton
class RoleCheck implements RequestCheck {

    private final boolean serves;

    @Inject
    RoleCheck(Role role) {
        this.serves = role.serves();
    }

    @Override
    public ProblemException refusal(RoutingContext request) {
        if (serves || request.normalizedPath().startsWith("/q/")) {
            return null;
        }
        return ProblemException
                .notFound("This process is a worker. Send the request to a process with the role api or all.");
    }
}
