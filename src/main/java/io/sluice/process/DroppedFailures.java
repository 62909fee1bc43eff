package io.sluice.process;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Logs at DEBUG what Quarkus logs as an ERROR with a stack trace: failures that come after their receiver has its answer
 * or is gone. A client that leaves and a connection that breaks cause many of them.
 */
@ApplicationScoped
class DroppedFailures {
    private static final Logger LOG = Logger.getLogger(DroppedFailures.class);

    void start(@Observes StartupEvent event) {
        Infrastructure.setDroppedExceptionHandler(
                failure -> LOG.debug("A failure came after its receiver was gone", failure));
    }
}
