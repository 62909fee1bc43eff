package io.sluice.http;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads query parameters that resources take as strings, because the framework answers 404 to those it cannot convert. */
public final class QueryParameters {

    private QueryParameters() {}

    /**
     * A whole number.
     *
     * @param value as it came, or null
     * @throws ProblemException (422) naming the parameter
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

    /**
     * A constant of an enum by its exact name.
     *
     * @throws ProblemException (422) naming the parameter and the possible values
     */
    public static <E extends Enum<E>> E constant(String name, String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw ProblemException.invalidParameter(name, "The parameter '" + name + "' must be one of "
                + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")) + ".");
    }
}
