package io.sluice;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkus.runtime.QuarkusBindException;

/** Says in one line why the application did not start. */
final class FailureMessage {

    private static final Pattern MESSAGE_CODE = Pattern.compile("\\b[A-Z]+\\d{5,}: ");
    private static final Pattern KEY = Pattern.compile("\\b(sluice|quarkus|amqp|mp)[.-][\\w.\"-]*\\w");

    private FailureMessage() {}

    static String of(Throwable failure) {
        Optional<StartFailure> explained = find(failure, StartFailure.class);
        if (explained.isPresent()) {
            return explained.get().getMessage();
        }
        Optional<QuarkusBindException> busyPort = find(failure, QuarkusBindException.class);
        if (busyPort.isPresent()) {
            return busyPort("QUARKUS_HTTP_PORT", busyPort.get().getPort());
        }
        Optional<SQLException> database = find(failure, SQLException.class);
        if (database.isPresent()) {
            return "the database (QUARKUS_DATASOURCE_REACTIVE_URL) cannot be used: " + oneLine(database.get());
        }
        return withKeysAsWritten(oneLine(rootOf(failure)));
    }

    static String busyPort(String key, int port) {
        return "port %d is in use by another process; set %s to another one".formatted(port, key);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        return MESSAGE_CODE.matcher(message).replaceAll("").replaceAll("\\s+", " ").strip();
    }

    /** Configuration keys that were set by an environment variable, under its name. */
    private static String withKeysAsWritten(String message) {
        return KEY.matcher(message).replaceAll(match -> {
            String variable = Settings.environmentName(match.group());
            return System.getenv(variable) == null ? match.group() : variable;
        });
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }
}
