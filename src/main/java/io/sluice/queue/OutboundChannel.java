package io.sluice.queue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.core.Vertx;

/**
 * Sends to one address, over one connection that is made when a message needs it. A message is acknowledged once the
 * broker has it, and is otherwise refused: at once while the broker is down, after ten seconds if it is silent. Nothing
 * is kept for later, so that the sender always knows where its messages are; the sender bounds how many are in flight.
 */
final class OutboundChannel implements Flow.Subscriber<Message<?>> {
    private static final long CHECK_MS = 500;

    private final String name;
    private final Vertx vertx;
    private final Broker broker;
    private final String address;
    private Sender current;
    /** Why the last message was refused, or null. */
    private volatile String trouble;

    OutboundChannel(String name, Vertx vertx, Broker broker, String address) {
        this.name = name;
        this.vertx = vertx;
        this.broker = broker;
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

    Uni<Void> close() {
        Sender last;
        synchronized (this) {
            last = current;
        }
        return last == null ? Uni.createFrom().voidItem() : last.close();
    }

    /** Completes once the broker has the message; fails otherwise, as the class says. */
    Uni<Void> send(AmqpMessage message) {
        return Uni.createFrom()
                .emitter(emitter -> onNext(Message.of(message, () -> done(() -> emitter.complete(null)),
                        failure -> done(() -> emitter.fail(failure)))));
    }

    private static CompletionStage<Void> done(Runnable action) {
        action.run();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Message<?> message) {
        link().send(message);
    }

    @Override
    public void onError(Throwable failure) {
        onComplete();
    }

    @Override
    public void onComplete() {
        Sender last = current;
        if (last != null) {
            last.close();
        }
    }

    private synchronized Sender link() {
        if (current == null) {
            current = new Sender();
        }
        return current;
    }

    /** Shared by all messages until it is lost; then all those in flight are refused. */
    private final class Sender extends Link<DurableSender> {
        /** With the time of sending, by {@link System#nanoTime()}. */
        private final Map<Message<?>, Long> inFlight = new ConcurrentHashMap<>();
        /** One timer for all: a timer for every message costs more than sending it. */
        private final long timer = vertx.setPeriodic(CHECK_MS, ignored -> check());

        Sender() {
            super(broker);
        }

        void send(Message<?> message) {
            inFlight.put(message, System.nanoTime());
            if (lost() != null) {
                refuse(message, lost());
                return;
            }
            opened().chain(sender -> sender.send(asAmqp(message.getPayload()).getDelegate().unwrap()))
                    .subscribe()
                    .with(sent -> accept(message), this::lose);
        }

        private AmqpMessage asAmqp(Object payload) {
            return payload instanceof AmqpMessage ready
                    ? ready
                    : AmqpMessage.create().durable(true).withBody(payload.toString()).build();
        }

        private void check() {
            long limit = System.nanoTime() - PATIENCE.toNanos();
            if (inFlight.values().stream().anyMatch(sent -> sent - limit < 0)) {
                lose(BrokerException.silent(PATIENCE));
            }
        }

        private void accept(Message<?> message) {
            if (inFlight.remove(message) != null) {
                if (trouble != null) {
                    trouble = null;
                }
                message.ack();
            }
        }

        private void refuse(Message<?> message, BrokerException failure) {
            if (inFlight.remove(message) != null) {
                trouble = failure.getMessage();
                message.nack(failure);
            }
        }

        @Override
        Uni<DurableSender> attach(AmqpConnection connection) {
            return DurableSender.attach(connection.getDelegate().unwrap(), address, this::lose);
        }

        @Override
        boolean refused(DurableSender sender) {
            return sender.refused();
        }

        @Override
        void onLost(BrokerException failure) {
            vertx.cancelTimer(timer);
            synchronized (OutboundChannel.this) {
                if (current == this) {
                    current = null;
                }
            }
            inFlight.keySet().forEach(message -> refuse(message, failure));
        }
    }
}
