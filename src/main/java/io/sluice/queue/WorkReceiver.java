package io.sluice.queue;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Receives "work on order X". Never rejects a message: one rejection would end every channel of the process. */
@ApplicationScoped
class WorkReceiver {
    private static final Logger LOG = Logger.getLogger(WorkReceiver.class);

    private final DeliveryListener listener;

    WorkReceiver(DeliveryListener listener) {
        this.listener = listener;
    }

    @Incoming("work")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> receive(Message<String> message) {
        UUID orderId;
        try {
            orderId = UUID.fromString(message.getPayload());
        } catch (IllegalArgumentException notOurs) {
            LOG.warnf("Dropped a message that names no order: %.60s", message.getPayload());
            return Uni.createFrom().completionStage(message.ack());
        }
        return listener.deliver(new Delivery(orderId, message::ack));
    }
}
