package io.sluice.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** What a logger writes while this is open. */
public final class Log extends Handler implements AutoCloseable {
    private final List<ExtLogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public Log(Class<?> origin) {
        this(origin.getName());
    }

    public Log(String category) {
        logger = Logger.getLogger(category);
        logger.addHandler(this);
    }

    public List<ExtLogRecord> records() {
        return List.copyOf(records);
    }

    public List<String> lines() {
        return records.stream().map(ExtLogRecord::getFormattedMessage).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(ExtLogRecord.wrap(entry));
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
