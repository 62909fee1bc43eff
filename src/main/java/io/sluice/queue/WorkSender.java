package io.sluice.queue;

import java.time.Duration;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.amqp.AmqpSender;
import io.vertx.mutiny.core.Vertx;

/**
 * Sends "work on order X", over one connection that is made when the first message needs it. Only {@code outbox} calls
 * it, and bounds how many messages are in flight. {@code docs/decisions/0004} says why this is no outgoing channel.
 */
@ApplicationScoped
public class WorkSender {
    private static final Logger LOG = Logger.getLogger(WorkSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AmqpClient client;
    private final String address;
    private Link current;

    WorkSender(Vertx vertx, BrokerAddress broker) {
        this.client = AmqpClient.create(vertx, broker.options());
        this.address = broker.queue();
    }

    /**
     * Completes once the broker has the message on its disk. Fails at once while the broker is down, and after ten
     * seconds if it is silent, be it while connecting; it is not known then whether the message arrived.
     */
    public Uni<Void> send(UUID orderId) {
        Link link = link();
        return link.sender.chain(sender -> sender
                .sendWithAck(AmqpMessage.create().durable(true).withBody(orderId.toString()).build()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> discard(link));
    }

    private synchronized Link link() {
        if (current == null) {
            current = new Link();
        }
        return current;
    }

    /** Lets the next message connect anew, and leaves no connection behind at the broker, whatever went wrong. */
    private void discard(Link link) {
        synchronized (this) {
            if (current == link) {
                current = null;
            }
        }
        link.discard();
    }

    /** One connection with one sender on it, or the attempt to get there, shared by all who send meanwhile. */
    private final class Link {
        private final Uni<AmqpSender> sender = client.connect()
                .chain(this::open)
                .memoize()
                .indefinitely();
        private AmqpConnection connection;
        private boolean discarded;

        private synchronized Uni<AmqpSender> open(AmqpConnection opened) {
            connection = opened;
            if (discarded) {
                close();
                return Uni.createFrom().failure(new IllegalStateException("The connection came too late"));
            }
            return opened.exceptionHandler(failure -> WorkSender.this.discard(this))
                    .createSender(address, new AmqpSenderOptions().addCapability("queue"));
        }

        private synchronized void discard() {
            discarded = true;
            if (connection != null) {
                close();
            }
        }

        private void close() {
            connection.close().subscribe().with(closed -> {
            }, failure -> LOG.debug("The connection was closed already"));
        }
    }

    @PreDestroy
    void close() {
        client.closeAndForget();
    }
}
