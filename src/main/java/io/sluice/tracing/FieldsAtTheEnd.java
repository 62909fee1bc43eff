package io.sluice.tracing;

import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

import io.quarkus.runtime.StartupEvent;

/**
 * Text lines of the log with their {@link LogFields}: {@code … was refused {orderId=…, traceId=…}}. A pattern has
 * {@code %X} for that, but it prints {@code {}} on every line without fields.
 */
final class FieldsAtTheEnd extends ExtFormatter {
    private final Formatter text;

    FieldsAtTheEnd(Formatter text) {
        this.text = text;
    }

    @Override
    public String format(ExtLogRecord line) {
        String formatted = text.format(line);
        Map<String, String> fields = line.getMdcCopy();
        if (fields.isEmpty()) {
            return formatted;
        }
        int end = formatted.indexOf('\n');
        return end < 0
                ? formatted + " " + new TreeMap<>(fields)
                : formatted.substring(0, end) + " " + new TreeMap<>(fields) + formatted.substring(end);
    }

    @ApplicationScoped
    static class Installation {

        void install(@Observes StartupEvent event) {
            install(LogManager.getLogManager().getLogger("").getHandlers());
        }

        private static void install(Handler[] handlers) {
            for (Handler handler : handlers) {
                if (handler.getFormatter() instanceof PatternFormatter pattern) {
                    handler.setFormatter(new FieldsAtTheEnd(pattern));
                }
                if (handler instanceof ExtHandler parent) {
                    install(parent.getHandlers());
                }
            }
        }
    }
}
