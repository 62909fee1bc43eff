package io.sluice.queue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.qpid.proton.message.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.http.FailureProblems;
import io.sluice.http.Problem;
import io.sluice.http.ProblemException;
import io.sluice.process.Role;
import io.sluice.queue.OrderEventListener.Outcome;
import io.sluice.shutdown.ShutdownStarted;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.amqp.AmqpMessage;

/**
 * Receives orders, many at a time, and settles each message once what has become of it is durable: its order is stored,
 * or a copy is at the address for rejected ones. One that could be neither is released, which costs no delivery attempt.
 */
@ApplicationScoped
class OrderReceiver {
    private static final Logger LOG = Logger.getLogger(OrderReceiver.class);
    /** Enough for one group of orders that is being written and the next one. Each message may have 1 MiB. */
    private static final int AT_ONCE = 100;
    /** As far ahead as that the broker may send. */
    private static final int CREDIT = 100;
    /** A message that is released comes back at once. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TO_FINISH = Duration.ofSeconds(5);
    private static final int MAX_ID_SHOWN = 100;

    private final OrdersConfig config;
    private final Role role;
    private final SluiceAmqpConnector connector;
    private final OrderEventListener listener;
    private final MeterRegistry registry;
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final AtomicInteger underway = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private RejectedMessages rejectedMessages;
    private volatile boolean stopping;

    OrderReceiver(OrdersConfig config, Role role,
            @Connector(SluiceAmqpConnector.NAME) SluiceAmqpConnector connector, OrderEventListener listener,
            MeterRegistry registry) {
        this.config = config;
        this.role = role;
        this.connector = connector;
        this.listener = listener;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        if (role.serves()) {
            config.address().ifPresent(this::receive);
        }
    }

    private void receive(String address) {
        String forRejected = config.rejectedAddress().orElse(address + ".rejected");
        rejectedMessages = new RejectedMessages(connector.senderTo("rejected-orders", forRejected), forRejected);
        InboundChannel channel = connector.receiverOf("orders", address, CREDIT);
        register(channel);
        LOG.infof("Orders are received from %s, too; rejected ones go to %s", address, forRejected);
        channel.messages()
                .onItem()
                .transformToUni(this::take)
                .merge(AT_ONCE)
                .subscribe()
                .with(settled -> {
                });
    }

    private void register(InboundChannel channel) {
        Gauge.builder("sluice.order.messages.receiving", channel, open -> open.receiving() ? 1 : 0)
                .description("1 while the broker can send orders to this process, else 0")
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, Counter.builder("sluice.order.messages")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Messages with orders, by what has become of them")
                    .register(registry));
        }
    }

    /** Never fails. A process that stops leaves what it has not begun to the broker. */
    private Uni<Void> take(AmqpMessage received) {
        if (stopping) {
            return Uni.createFrom().nothing();
        }
        underway.incrementAndGet();
        Message message = received.getDelegate().unwrap();
        return Uni.createFrom()
                .deferred(() -> listener.take(CloudEventReader.read(message)))
                .onFailure()
                .recoverWithUni(failure -> reject(message, problem(failure)))
                .chain(outcome -> settle(received, outcome))
                .onTermination()
                .invoke(this::ended);
    }

    /** A defect of ours is a problem of the message, too: it would come back for ever. */
    private static Problem problem(Throwable failure) {
        ProblemException problem = failure instanceof ProblemException known
                ? known
                : FailureProblems.incident(failure, "A message with an order could not be taken");
        return problem.problem();
    }

    private Uni<Outcome> reject(Message message, Problem problem) {
        return Uni.createFrom()
                .deferred(() -> rejectedMessages.send(message, problem))
                .map(sent -> {
                    LOG.warnf("The message %s was rejected (%s): %s", shown(message.getMessageId()), problem.type(),
                            problem.detail());
                    return Outcome.REJECTED;
                })
                .onFailure()
                .recoverWithItem(Outcome.POSTPONED);
    }

    /** On one line of the log, whatever a sender calls its messages. */
    private static String shown(Object id) {
        String text = String.valueOf(id).replaceAll("\\p{Cntrl}", " ");
        return text.substring(0, Math.min(text.length(), MAX_ID_SHOWN));
    }

    private Uni<Void> settle(AmqpMessage received, Outcome outcome) {
        counters.get(outcome).increment();
        if (outcome != Outcome.POSTPONED) {
            received.accepted();
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE).invoke(received::released);
    }

    private void ended() {
        if (underway.decrementAndGet() == 0 && stopping) {
            drained.complete(null);
        }
    }

    void shutDown(@Observes ShutdownStarted event) {
        stopping = true;
        if (underway.get() == 0) {
            drained.complete(null);
        }
        event.awaits(Uni.createFrom()
                .completionStage(drained)
                .ifNoItem()
                .after(TO_FINISH)
                .fail()
                .onFailure()
                .recoverWithNull());
    }
}
