package io.sluice.queue;

import java.time.Duration;

/** The broker refused, was not reached or did not answer. The message is what the broker or the network said. */
final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Names the innermost cause: what surrounds it says only that something was closed. */
    static BrokerException of(Throwable failure) {
        if (failure instanceof BrokerException known) {
            return known;
        }
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return new BrokerException(message == null ? innermost.getClass().getSimpleName() : message, failure);
    }

    static BrokerException silent(Duration patience) {
        return new BrokerException("no answer within %d s".formatted(patience.toSeconds()), null);
    }
}
