package io.sluice.dashboard;

/** A URL with an invalid parameter. The message names the problem. */
public class InvalidAddressException extends RuntimeException {

    public InvalidAddressException(String message) {
        super(message);
    }
}
