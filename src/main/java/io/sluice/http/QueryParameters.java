package io.sluice.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sluice.json.InputError;
import io.sluice.json.TextRules;
import io.sluice.json.Timestamps;

/**
 * Reads query parameters. Resources take them as strings, because the framework answers 404 to a value that it cannot
 * convert. Each method throws a {@link ProblemException} (422) that names the parameter.
 */
public final class QueryParameters {
    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_TEXT = 200;

    private QueryParameters() {}

    /** Fails with the errors of all these readers, if any of them cannot read its parameter. */
    public static void readAll(Runnable... readers) {
        Set<InputError> errors = new LinkedHashSet<>();
        for (Runnable reader : readers) {
            try {
                reader.run();
            } catch (ProblemException refused) {
                errors.addAll(refused.problem().errors());
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(List.copyOf(errors));
        }
    }

    /**
     * A whole number.
     *
     * @param value as it came, or null
     */
    public static int integer(String name, String value, int min, int max, int ifAbsent) {
        if (value == null) {
            return ifAbsent;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number that is out of range.
        }
        throw ProblemException.invalidParameter(name,
                "The parameter '" + name + "' must be a whole number from " + min + " to " + max + ".");
    }

    /** {@code limit}, the number of entries on a page: 1 to 200; 50 if absent. */
    public static int limit(String value) {
        return integer("limit", value, 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /**
     * {@code cursor}, which says where the previous page ended.
     *
     * @param decode empty for text that is not a cursor
     * @return null if absent or blank
     */
    public static <T> T cursor(String value, Function<String, Optional<T>> decode) {
        return value == null || value.isBlank()
                ? null
                : decode.apply(value)
                        .orElseThrow(() -> ProblemException.invalidParameter("cursor",
                                "This is not a cursor. Send the nextCursor of a page."));
    }

    /** {@code cursor}, where that is the number of the last entry of the previous page; null if absent or blank. */
    public static Long numberCursor(String value) {
        return cursor(value, QueryParameters::number);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseUnsignedLong(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** Text of at most 200 characters without NUL; null if absent or blank. */
    public static String text(String name, String value) {
        if (value == null || TextRules.isBlank(value)) {
            return null;
        }
        if (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw ProblemException.invalidParameter(name,
                    "The parameter '" + name + "' must have at most " + MAX_TEXT + " characters and no NUL.");
        }
        return TextRules.strip(value);
    }

    /** A date and time by RFC 3339; null if absent or blank. A plus that was not encoded arrives as a blank. */
    public static Instant instant(String name, String value) {
        String text = text(name, value);
        if (text == null) {
            return null;
        }
        Instant instant = Timestamps.parse(text.replace(' ', '+'));
        if (instant == null) {
            throw ProblemException.invalidParameter(name,
                    "The parameter '" + name + "' must be a date and time such as 2026-01-31T09:30:00Z.");
        }
        return instant;
    }

    /** Whether a switch is on: {@code true} or {@code false}; off if absent or blank. */
    public static boolean flag(String name, String value) {
        return constant(name, value, List.of(true, false), String::valueOf, false);
    }

    /** One of {@code known} by its name; {@code ifAbsent} if absent or blank. */
    public static <E> E constant(String name, String value, List<E> known, Function<E, String> nameOf, E ifAbsent) {
        String text = text(name, value);
        return text == null
                ? ifAbsent
                : known.stream()
                        .filter(one -> nameOf.apply(one).equals(text))
                        .findFirst()
                        .orElseThrow(() -> unknown(name, known.stream().map(nameOf)));
    }

    /** Constants of an enum by their exact names. */
    public static <E extends Enum<E>> Set<E> constants(String name, List<String> values, Class<E> type) {
        Set<E> constants = EnumSet.noneOf(type);
        values.forEach(value -> constants.add(constant(name, value, type)));
        return constants;
    }

    private static <E extends Enum<E>> E constant(String name, String value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> unknown(name, Arrays.stream(type.getEnumConstants()).map(Enum::name)));
    }

    private static ProblemException unknown(String name, Stream<String> known) {
        return ProblemException.invalidParameter(name,
                "The parameter '" + name + "' must be one of " + known.collect(Collectors.joining(", ")) + ".");
    }

    /** Ids of orders or batches. */
    public static Set<UUID> ids(String name, List<String> values) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (String value : values) {
            try {
                ids.add(UUID.fromString(value));
            } catch (IllegalArgumentException noId) {
                throw ProblemException.invalidParameter(name, "The parameter '" + name + "' must be an id.");
            }
        }
        return ids;
    }
}
