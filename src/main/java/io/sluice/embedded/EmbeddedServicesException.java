package io.sluice.embedded;

/** The embedded services cannot be used; the message is one line that says why to whoever started the process. */
public class EmbeddedServicesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedServicesException(String message) {
        super(message);
    }

    EmbeddedServicesException(String message, Throwable cause) {
        super(message, cause);
    }
}
