package io.sluice.process;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the {@link Role} of this process injectable. */
@ApplicationScoped
class RoleProducer {

    @Produces
    @Singleton
    Role role(@ConfigProperty(name = "sluice.role", defaultValue = "all") Role role) {
        return role;
    }
}
