package io.sluice.queue;

import java.time.Duration;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.amqp.AmqpReceiver;
import io.vertx.mutiny.core.Vertx;

/**
 * Receives "work on order X" over one connection, which is made anew for as long as it takes whenever it is lost. Never
 * rejects a message. {@code docs/decisions/0004} says why this is no incoming channel.
 */
@ApplicationScoped
class WorkReceiver {
    private static final Logger LOG = Logger.getLogger(WorkReceiver.class);
    /** A broker that goes away at the wrong moment never answers, and nobody tells. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MS = 1000;

    private final DeliveryListener listener;
    private final Vertx vertx;
    private final AmqpClient client;
    private final String queue;
    private final boolean working;
    private volatile boolean receiving = true;
    private volatile boolean closed;

    WorkReceiver(DeliveryListener listener, Vertx vertx, BrokerAddress broker,
            Role role) {
        this.listener = listener;
        this.vertx = vertx;
        this.client = AmqpClient.create(vertx, broker.options());
        this.queue = broker.queue();
        this.working = role.works();
    }

    void start(@Observes StartupEvent event) {
        if (working) {
            new Link().open();
        }
    }

    private Uni<Void> receive(AmqpMessage message) {
        UUID orderId;
        try {
            orderId = UUID.fromString(message.bodyAsString());
        } catch (RuntimeException notOurs) {
            LOG.warnf("Dropped a message that names no order: %.100s", message.getDelegate().unwrap().getBody());
            message.accepted();
            return Uni.createFrom().voidItem();
        }
        return listener.deliver(new Delivery(orderId, message::accepted));
    }

    /** Once an outage. */
    private void tell(Throwable failure) {
        if (receiving) {
            receiving = false;
            LOG.warnf("No work is received from the broker (%s); connecting until it is", failure);
        }
    }

    /** One connection with one receiver on it, or the attempt to get there. */
    private final class Link {
        private AmqpConnection connection;
        private boolean lost;

        void open() {
            client.connect()
                    .chain(this::attach)
                    .ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .subscribe()
                    .with(this::listen, this::lose);
        }

        private synchronized Uni<AmqpReceiver> attach(AmqpConnection opened) {
            connection = opened;
            if (lost) {
                close();
                return Uni.createFrom().failure(new IllegalStateException("The connection came too late"));
            }
            return opened.exceptionHandler(this::lose)
                    .createReceiver(queue, new AmqpReceiverOptions().setAutoAcknowledgement(false)
                            .setDurable(true)
                            .addCapability("queue"));
        }

        private void listen(AmqpReceiver receiver) {
            receiving = true;
            receiver.exceptionHandler(this::lose)
                    .toMulti()
                    .onItem()
                    .transformToUniAndConcatenate(WorkReceiver.this::receive)
                    .subscribe()
                    .with(received -> {
                    }, this::lose, () -> lose(new IllegalStateException("The broker has closed the receiver")));
        }

        private synchronized void lose(Throwable failure) {
            if (lost) {
                return;
            }
            lost = true;
            if (connection != null) {
                close();
            }
            if (!closed) {
                tell(failure);
                vertx.setTimer(PAUSE_MS, ignored -> new Link().open());
            }
        }

        private void close() {
            connection.close().subscribe().with(done -> {
            }, failure -> LOG.debug("The connection was closed already"));
        }
    }

    @PreDestroy
    void close() {
        closed = true;
        client.closeAndForget();
    }
}
