package io.sluice.dashboard;

/** A URL with an invalid parameter. The message names the problem. */
class InvalidAddressException extends RuntimeException {

    InvalidAddressException(String message) {
        super(message);
    }
}
