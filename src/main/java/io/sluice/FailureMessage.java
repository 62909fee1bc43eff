package io.sluice;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkus.runtime.QuarkusBindException;

/** One line that says why the application did not start. */
final class FailureMessage {

    private static final Pattern MESSAGE_CODE = Pattern.compile("\\b[A-Z]+\\d{5,}: ");
    private static final Pattern CONVERSION = Pattern.compile("The config property (\\S+) with the config value "
            + "\"(.*?)\" threw an Exception whilst being converted (.*?)( java\\.|$)");
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
        return withKeysAsWritten(invalidValue(failure).orElseGet(() -> oneLine(rootOf(failure))));
    }

    static String busyPort(String key, int port) {
        return "port %d is in use by another process; set %s to another one".formatted(port, key);
    }

    /** A configured value that cannot be converted. SmallRye Config names the key in its message only. */
    private static Optional<String> invalidValue(Throwable failure) {
        return causes(failure).map(FailureMessage::oneLine)
                .map(CONVERSION::matcher)
                .filter(Matcher::find)
                .map(found -> "%s: \"%s\" %s".formatted(found.group(1), found.group(2), problem(found.group(3))))
                .findFirst();
    }

    /** A path that the JVM cannot use in this locale is refused with a message that does not say so. */
    private static String problem(String message) {
        return message.contains("unmappable characters") ? ProcessLocale.ADVICE : "is not valid (" + message + ")";
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        return MESSAGE_CODE.matcher(message).replaceAll("").replaceAll("\\s+", " ").strip();
    }

    /** Names each configuration key as the person wrote it: those set by an environment variable under its name. */
    private static String withKeysAsWritten(String message) {
        return KEY.matcher(message).replaceAll(match -> {
            String variable = environmentName(match.group());
            return System.getenv(variable) == null ? match.group() : variable;
        });
    }

    /** The environment variable that sets a key, by the rules of MicroProfile Config. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Throwable rootOf(Throwable failure) {
        return causes(failure).reduce((outer, cause) -> cause).orElseThrow();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The failure and its causes. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
