package io.sluice.tracing;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logmanager.Level;

import io.quarkus.runtime.StartupEvent;

/**
 * Logs spans that the receiver did not take as warnings without a stack trace. OpenTelemetry logs them as errors with
 * one, a few times a minute at most; Quarkus turns that logger off, and {@code application.properties} on again.
 */
@ApplicationScoped
class ExportFailures implements Filter {
    static final String CATEGORY = "io.opentelemetry.exporter.internal.http.HttpExporter";

    // A strong reference: the filter is lost when the logger is garbage-collected.
    private final Logger logger = Logger.getLogger(CATEGORY);

    void install(@Observes StartupEvent event) {
        logger.setFilter(this);
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        line.setLevel(Level.WARN);
        line.setThrown(null);
        return true;
    }
}
