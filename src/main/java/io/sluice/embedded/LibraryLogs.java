package io.sluice.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Silences library loggers. Relevant problems surface as exceptions or as progress messages. */
final class LibraryLogs {

    // Strong references: levels are lost when a logger is garbage-collected.
    private static final List<Logger> QUIET = List.of(
            quiet("io.zonky", Level.OFF),
            quiet("org.apache.activemq", Level.WARNING),
            // Warns about every client that disconnects without closing.
            quiet("org.apache.activemq.artemis.core.client", Level.SEVERE),
            quiet("org.apache.activemq.audit", Level.OFF));

    private LibraryLogs() {}

    static void quieten() {
        QUIET.forEach(logger -> logger.setLevel(logger.getLevel()));
    }

    private static Logger quiet(String category, Level level) {
        Logger logger = Logger.getLogger(category);
        logger.setLevel(level);
        return logger;
    }
}
