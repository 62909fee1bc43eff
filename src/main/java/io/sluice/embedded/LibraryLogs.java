package io.sluice.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the chatter of the libraries off the console; what matters of it ends in an exception or on the progress line. */
final class LibraryLogs {

    // Strong references, without which the levels are forgotten when the loggers are collected.
    private static final List<Logger> QUIET = List.of(
            quiet("io.zonky", Level.WARNING),
            quiet("org.apache.activemq", Level.WARNING),
            // A warning for each client that goes away without a farewell.
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
