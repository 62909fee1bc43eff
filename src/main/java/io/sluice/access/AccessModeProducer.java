package io.sluice.access;

import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes {@link AccessMode} injectable. */
class AccessModeProducer {

    @Produces
    @Singleton
    AccessMode mode(@ConfigProperty(name = "sluice.auth") Optional<AccessMode> configured) {
        return configured.orElse(AccessMode.NONE);
    }
}
