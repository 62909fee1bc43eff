package io.sluice.dashboard;

import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.sluice.http.ProblemException;
import io.sluice.json.InputError;

/** A URL with an invalid parameter. The message names the problem. */
public class InvalidAddressException extends RuntimeException {

    public InvalidAddressException(String message) {
        super(message);
    }

    /** Runs {@code read}; a {@link ProblemException} that it throws becomes an {@link InvalidAddressException}. */
    public static <T> T insteadOfProblem(Supplier<T> read) {
        try {
            return read.get();
        } catch (ProblemException invalid) {
            throw new InvalidAddressException(invalid.problem().errors().isEmpty()
                    ? invalid.getMessage()
                    : invalid.problem().errors().stream().map(InputError::detail).collect(Collectors.joining(" ")));
        }
    }
}
