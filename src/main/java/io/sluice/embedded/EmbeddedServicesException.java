package io.sluice.embedded;

/** The embedded services cannot be used. The message tells the user why, in one line. */
public class EmbeddedServicesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedServicesException(String message) {
        super(message);
    }

    EmbeddedServicesException(String message, Throwable cause) {
        super(message, cause);
    }
}
