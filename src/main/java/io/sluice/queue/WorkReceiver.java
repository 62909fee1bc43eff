package io.sluice.queue;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Receives "work on order X" and hands it to the listener, who settles it. Never refuses a message: with most
 * connectors and brokers, an unreadable message would come back for ever.
 */
@ApplicationScoped
public class WorkReceiver {
    private static final Logger LOG = Logger.getLogger(WorkReceiver.class);

    private static final String CHANNEL = "work";

    private final DeliveryListener listener;
    private final SluiceAmqpConnector connector;

    WorkReceiver(DeliveryListener listener, @Connector(SluiceAmqpConnector.NAME) SluiceAmqpConnector connector) {
        this.listener = listener;
        this.connector = connector;
    }

    /** Whether the broker can send messages to this process, as far as is known. */
    public boolean receiving() {
        return connector.receives(CHANNEL);
    }

    /** The next message comes when this completes, which is how a busy listener slows the queue down. */
    @Incoming(CHANNEL)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> receive(Message<String> message) {
        UUID orderId;
        try {
            orderId = UUID.fromString(message.getPayload());
        } catch (RuntimeException notOurs) {
            // Not the message itself: it may be an order with a person in it.
            LOG.warn("Dropped a message that is not the id of an order");
            settle(message);
            return Uni.createFrom().voidItem();
        }
        return listener.deliver(new Delivery(orderId, () -> settle(message)));
    }

    /** A message whose settling fails comes again, and finds nothing to do. */
    private static void settle(Message<?> message) {
        message.ack().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debugf("A message could not be settled (%s)", failure);
            }
        });
    }
}
