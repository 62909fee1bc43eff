package io.sluice.dashboard;

import java.util.function.Supplier;

import io.sluice.http.ProblemException;

/** The address of a page cannot be read; the message says which part. */
class UnreadableAddress extends RuntimeException {

    UnreadableAddress(String message) {
        super(message);
    }

    /** Reads part of an address; what the API would answer with a problem becomes an {@link UnreadableAddress}. */
    static <T> T unless(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ProblemException unreadable) {
            throw new UnreadableAddress(unreadable.getMessage());
        }
    }
}
