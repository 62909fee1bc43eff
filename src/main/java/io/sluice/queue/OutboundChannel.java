package io.sluice.queue;

import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.mutiny.Uni;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.amqp.AmqpSender;

/**
 * Sends to one address, over one connection that is made when a message needs it. A message is acknowledged once the broker
 * has it, and is otherwise refused: at once while the broker is down, after ten seconds if it is silent. Nothing is kept
 * for later, so that the sender always knows where its messages are; the sender bounds how many are in flight.
 */
final class OutboundChannel implements Flow.Subscriber<Message<?>> {
    private final String name;
    private final AmqpClient client;
    private final String address;
    private Sender current;
    /** Why the last message was refused, or null. */
    private volatile String trouble;

    OutboundChannel(String name, AmqpClient client, String address) {
        this.name = name;
        this.client = client;
        this.address = address;
    }

    String name() {
        return name;
    }

    /** In words, for the health report. */
    String state() {
        String failure = trouble;
        return failure == null ? "sending" : "not sending: " + failure;
    }

    void close() {
        Link.end(client.close());
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Message<?> message) {
        send(message.getPayload().toString()).subscribe().with(sent -> {
            if (trouble != null) {
                trouble = null;
            }
            message.ack();
        }, failure -> {
            trouble = failure.getMessage();
            message.nack(failure);
        });
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onComplete() {
        close();
    }

    private Uni<Void> send(String body) {
        Sender link = link();
        return link.opened()
                .chain(sender -> sender.sendWithAck(AmqpMessage.create().durable(true).withBody(body).build()))
                .ifNoItem()
                .after(Link.PATIENCE)
                .failWith(() -> link.lost() == null ? BrokerException.silent(Link.PATIENCE) : link.lost())
                .onFailure()
                .transform(BrokerException::of)
                .onFailure()
                .invoke(link::lose);
    }

    private synchronized Sender link() {
        if (current == null) {
            current = new Sender();
        }
        return current;
    }

    /** Shared by all messages until it is lost. */
    private final class Sender extends Link<AmqpSender> {

        Sender() {
            super(client);
        }

        @Override
        Uni<AmqpSender> attach(AmqpConnection connection) {
            return connection.createSender(address, new AmqpSenderOptions().addCapability("queue"))
                    .invoke(sender -> sender.exceptionHandler(this::lose));
        }

        @Override
        boolean refused(AmqpSender sender) {
            return sender.getDelegate().unwrap().getRemoteTarget() == null;
        }

        @Override
        void onLost(BrokerException failure) {
            synchronized (OutboundChannel.this) {
                if (current == this) {
                    current = null;
                }
            }
        }
    }
}
