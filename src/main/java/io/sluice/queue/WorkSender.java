package io.sluice.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.amqp.AmqpClientOptions;
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
    private static final int CONNECT_TIMEOUT_MS = 3000;

    private final AmqpClient client;
    private final String address;
    /** The sender, or the attempt to get one that all callers share; null while nobody needs one. */
    private Uni<AmqpSender> sender;
    private AmqpConnection connection;

    WorkSender(Vertx vertx, @ConfigProperty(name = "amqp-host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "amqp-port", defaultValue = "5672") int port,
            @ConfigProperty(name = "amqp-username") Optional<String> username,
            @ConfigProperty(name = "amqp-password") Optional<String> password,
            @ConfigProperty(name = "amqp-use-ssl", defaultValue = "false") boolean ssl,
            @ConfigProperty(name = "sluice.queue.address") String address) {
        AmqpClientOptions options = new AmqpClientOptions().setHost(host).setPort(port);
        options.setSsl(ssl).setConnectTimeout(CONNECT_TIMEOUT_MS).setReconnectAttempts(0);
        username.ifPresent(options::setUsername);
        password.ifPresent(options::setPassword);
        this.client = AmqpClient.create(vertx, options);
        this.address = address;
    }

    /**
     * Completes once the broker has the message on its disk. Fails at once while the broker is down; after a failure it is
     * not known whether the message arrived.
     */
    public Uni<Void> send(UUID orderId) {
        return sender().chain(open -> open
                .sendWithAck(AmqpMessage.create().durable(true).withBody(orderId.toString()).build())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> discard(open.connection())));
    }

    private synchronized Uni<AmqpSender> sender() {
        if (sender == null) {
            sender = client.connect()
                    .chain(this::senderOn)
                    .onFailure()
                    .invoke(failure -> forget(null))
                    .memoize()
                    .indefinitely();
        }
        return sender;
    }

    private Uni<AmqpSender> senderOn(AmqpConnection opened) {
        synchronized (this) {
            connection = opened;
        }
        return opened.exceptionHandler(failure -> discard(opened))
                .createSender(address, new AmqpSenderOptions().addCapability("queue"))
                .onFailure()
                .invoke(failure -> discard(opened));
    }

    /** Lets the next message connect anew, unless that has happened already. */
    private synchronized void forget(AmqpConnection lost) {
        if (lost == connection) {
            sender = null;
            connection = null;
        }
    }

    /** Closed, not only forgotten: whatever went wrong, no connection may be left behind at the broker. */
    private void discard(AmqpConnection lost) {
        forget(lost);
        lost.close().subscribe().with(closed -> {
        }, failure -> LOG.debug("The connection was closed already"));
    }

    @PreDestroy
    void close() {
        client.closeAndForget();
    }
}
