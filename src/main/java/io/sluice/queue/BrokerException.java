package io.sluice.queue;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.ssl.NotSslRecordException;
import javax.net.ssl.SSLException;

/** The broker refused, was not reached or did not answer. The message is what the broker or the network said. */
final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** What the client says of a connection that was closed without a reason. */
    private static final String DISCONNECTED = "Disconnected";
    /** As the client writes an error of the broker. */
    private static final Pattern AMQP_ERROR = Pattern.compile("Error\\{condition=(.*?), description='(.*)', info=");

    private BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Names the innermost cause: what surrounds it says only that something was closed. */
    static BrokerException of(Throwable failure) {
        if (failure instanceof BrokerException known) {
            return known;
        }
        Throwable innermost = failure;
        boolean untrusted = false;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
            untrusted |= innermost instanceof SSLException || innermost instanceof CertificateException;
        }
        String message = innermost.getMessage() == null
                ? innermost.getClass().getSimpleName()
                : innermost.getMessage();
        if (innermost instanceof NotSslRecordException) {
            return new BrokerException("the broker does not speak TLS at this port", failure);
        }
        if (untrusted) {
            return new BrokerException("the broker's certificate is not trusted: " + message, failure);
        }
        Matcher error = AMQP_ERROR.matcher(message);
        return new BrokerException(error.find() ? error.group(1) + ": " + error.group(2) : message, failure);
    }

    /** Of a connection without TLS that never came to be. A broker that expects TLS just closes it. */
    static BrokerException ofPlainConnection(Throwable failure) {
        BrokerException known = of(failure);
        return DISCONNECTED.equals(known.getMessage())
                ? new BrokerException(DISCONNECTED + "; does the broker expect TLS (AMQP_USE_SSL)?", failure)
                : known;
    }

    /** Whether the broker answered with an error of AMQP, other than that it goes away itself. */
    boolean isRefusal() {
        return getMessage().startsWith("amqp:") && !getMessage().startsWith("amqp:connection");
    }

    /** Whether the broker knows no such queue, and makes none. */
    boolean isNotFound() {
        return getMessage().startsWith("amqp:not-found");
    }

    static BrokerException silent(Duration patience) {
        return new BrokerException("no answer within %d s".formatted(patience.toSeconds()), null);
    }
}
