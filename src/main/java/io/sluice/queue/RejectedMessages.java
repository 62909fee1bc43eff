package io.sluice.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;

import io.sluice.http.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.amqp.AmqpMessage;

/**
 * Sends copies of messages that cannot be accepted, with the reason. AMQP's own outcome {@code rejected} would not do:
 * brokers drop the reason, and without a policy of their own the message, too.
 */
final class RejectedMessages {
    private static final Logger LOG = Logger.getLogger(RejectedMessages.class);
    /** No colon, so that a JMS client can read and select it. */
    static final String PROBLEM = "sluice_problem";

    private final OutboundChannel channel;
    private final String address;
    private volatile boolean troubled;

    RejectedMessages(OutboundChannel channel, String address) {
        this.channel = channel;
        this.address = address;
    }

    /** Completes once the broker has the copy. Logs a failure once, until a message is sent. */
    Uni<Void> send(Message rejected, Problem problem) {
        return channel
                .send(new AmqpMessage(io.vertx.amqp.AmqpMessage.create(copy(rejected, problem)).build()))
                .invoke(() -> troubled = false)
                .onFailure()
                .invoke(failure -> {
                    if (!troubled) {
                        troubled = true;
                        LOG.warnf(
                                "Rejected messages cannot be sent to %s (%s); they stay where they are until they can",
                                address, failure.getMessage());
                    }
                });
    }

    static Message copy(Message rejected, Problem problem) {
        Message copy = Message.Factory.create();
        Header header = new Header();
        header.setDurable(true);
        copy.setHeader(header);
        copy.setProperties(properties(rejected.getProperties()));
        Map<String, Object> application = new LinkedHashMap<>();
        if (rejected.getApplicationProperties() != null) {
            application.putAll(rejected.getApplicationProperties().getValue());
        }
        application.put(PROBLEM, new String(problem.toJson(), UTF_8));
        copy.setApplicationProperties(new ApplicationProperties(application));
        copy.setBody(rejected.getBody());
        return copy;
    }

    /** Without the time at which it would vanish, and the user, who would have to be the one of this connection. */
    private static Properties properties(Properties rejected) {
        if (rejected == null) {
            return null;
        }
        Properties kept = new Properties(rejected);
        kept.setAbsoluteExpiryTime(null);
        kept.setUserId(null);
        return kept;
    }
}
