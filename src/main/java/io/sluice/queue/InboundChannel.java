package io.sluice.queue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.amqp.AmqpReceiver;

/** Receives from one address, over one connection that is made anew for as long as it takes whenever it is lost. */
final class InboundChannel {
    private static final Logger LOG = Logger.getLogger(InboundChannel.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** What the broker refuses, it is not likely to take a second later, and it logs every attempt. */
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(5);

    private final String name;
    private final Broker broker;
    private final String address;
    private final int credit;
    private volatile boolean receiving;
    /** What keeps messages from coming, or null. */
    private volatile String trouble;
    private volatile boolean closed;
    private volatile Receiver current;

    /** @param credit messages that the broker may send ahead of what has been asked for */
    InboundChannel(String name, Broker broker, String address, int credit) {
        this.name = name;
        this.broker = broker;
        this.address = address;
        this.credit = credit;
    }

    String name() {
        return name;
    }

    /** The messages of all connections in turn; never completes and never fails. */
    Multi<AmqpMessage> messages() {
        return Multi.createFrom()
                .<AmqpMessage>emitter(emitter -> new Receiver(emitter).start())
                .onFailure()
                .retry()
                .when(failures -> failures.onItem()
                        .transformToUniAndConcatenate(
                                failure -> Uni.createFrom().item(failure).onItem().delayIt().by(pause(failure))));
    }

    private static Duration pause(Throwable failure) {
        return failure instanceof BrokerException broker && broker.isRefusal() ? PAUSE_AFTER_REFUSAL : PAUSE;
    }

    /** Whether the broker may send messages right now. */
    boolean receiving() {
        return receiving;
    }

    /** In words, for the health report. */
    String state() {
        String failure = trouble;
        return receiving ? "receiving" : "not receiving: " + (failure == null ? "connecting" : failure);
    }

    Uni<Void> close() {
        closed = true;
        Receiver last = current;
        return last == null ? Uni.createFrom().voidItem() : last.close();
    }

    private void opened() {
        receiving = true;
        if (trouble != null) {
            trouble = null;
            LOG.infof("Messages are received from %s again", address);
        }
    }

    /** Logs once an outage. */
    private void failed(BrokerException failure) {
        receiving = false;
        if (trouble == null) {
            LOG.warnf("No messages are received from %s (%s); connecting until they are%s", address,
                    failure.getMessage(), failure.isNotFound()
                            ? ". Create a durable queue of this name at the broker (Artemis: anycast)"
                            : "");
        }
        trouble = failure.getMessage();
    }

    /** Emits the messages of one connection, and fails when it is lost. */
    private final class Receiver extends Link<AmqpReceiver> {
        private final MultiEmitter<? super AmqpMessage> emitter;
        private final AtomicBoolean fetching = new AtomicBoolean();

        Receiver(MultiEmitter<? super AmqpMessage> emitter) {
            super(broker);
            this.emitter = emitter;
        }

        void start() {
            current = this;
            if (!closed) {
                opened().subscribe().with(this::listen, failure -> LOG.debug("Reported when the link was lost"));
            }
        }

        @Override
        Uni<AmqpReceiver> attach(AmqpConnection connection) {
            return connection
                    .createReceiver(address, new AmqpReceiverOptions().setAutoAcknowledgement(false)
                            .setDurable(true)
                            .setMaxBufferedMessages(credit)
                            .addCapability("queue"))
                    .invoke(receiver -> receiver.exceptionHandler(this::lose));
        }

        @Override
        boolean refused(AmqpReceiver receiver) {
            return receiver.getDelegate().unwrap().getRemoteSource() == null;
        }

        private void listen(AmqpReceiver receiver) {
            InboundChannel.this.opened();
            receiver.pause();
            emitter.onRequest(more -> fetch(receiver));
            receiver.handler(message -> {
                fetching.set(false);
                emitter.emit(message);
                fetch(receiver);
            });
            fetch(receiver);
        }

        /**
         * One at a time, for as long as something has been asked for: this is how a busy listener slows the queue down.
         */
        private void fetch(AmqpReceiver receiver) {
            if (emitter.requested() > 0 && fetching.compareAndSet(false, true)) {
                receiver.fetch(1);
            }
        }

        @Override
        void onLost(BrokerException failure) {
            if (!closed) {
                failed(failure);
                emitter.fail(failure);
            }
        }
    }
}
