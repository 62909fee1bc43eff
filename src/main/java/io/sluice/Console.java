package io.sluice;

import java.io.PrintStream;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.JsonFormatter;

/**
 * Writes the lines of the entry point, which come before and after those of the log. Where the log is JSON, they have
 * its form.
 */
final class Console {
    private static final String NAME = Sluice.class.getName();
    private static volatile JsonFormatter json;

    private Console() {}

    /** From now on, every line is a JSON object; a stack trace of a thread that has ended is, too. */
    static void writeJson() {
        json = new JsonFormatter();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Logger.getLogger(NAME)
                .log(Level.ERROR, "The thread " + thread.getName() + " has ended", failure));
    }

    static boolean isJson() {
        return json != null;
    }

    static void say(String line) {
        write(System.out, Level.INFO, line);
    }

    static void complain(String line) {
        write(System.err, Level.ERROR, line);
    }

    private static void write(PrintStream stream, Level level, String line) {
        JsonFormatter formatter = json;
        if (formatter == null) {
            stream.println(line);
            return;
        }
        ExtLogRecord message = new ExtLogRecord(level, line, NAME);
        message.setLoggerName(NAME);
        stream.print(formatter.format(message));
    }
}
