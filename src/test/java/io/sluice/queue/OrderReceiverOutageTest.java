package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.http.ProblemException;
import io.sluice.process.Role;
import io.sluice.queue.OrderEventListener.Outcome;
import io.sluice.testing.Log;
import io.sluice.testing.OrderMessages;
import io.sluice.testing.Ports;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.core.Vertx;

/** A real broker that has no address for rejected messages, or refuses what is sent there. */
class OrderReceiverOutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String REJECTED = SecuredBroker.QUEUE + ".rejected";

    private final int port = Ports.free();
    private final Map<String, String> settings = Map.of("amqp-host", "127.0.0.1", "amqp-port", Integer.toString(port),
            "amqp-username", SecuredBroker.USER, "amqp-password", SecuredBroker.PASSWORD);
    private final Vertx vertx = Vertx.vertx();
    private final SluiceAmqpConnector connector = new SluiceAmqpConnector(vertx, new SimpleMeterRegistry());
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger postponed = new AtomicInteger();
    private volatile Outcome forLater = Outcome.POSTPONED;
    private SecuredBroker broker;

    @BeforeEach
    void start() throws Exception {
        settings.forEach(System::setProperty);
        broker = new SecuredBroker(port);
        new OrderReceiver(new OneAddress(), Role.API, connector, this::take, new SimpleMeterRegistry())
                .start(new StartupEvent());
    }

    @AfterEach
    void stop() throws Exception {
        connector.close();
        vertx.closeAndAwait();
        broker.close();
        settings.keySet().forEach(System::clearProperty);
    }

    private Uni<Outcome> take(CloudEvent event) {
        if (event.id().startsWith("bad")) {
            return Uni.createFrom().failure(ProblemException.invalid("Bad."));
        }
        Outcome outcome = event.id().startsWith("later") ? forLater : Outcome.ACCEPTED;
        if (outcome == Outcome.ACCEPTED) {
            accepted.add(event.id());
        } else {
            postponed.incrementAndGet();
        }
        return Uni.createFrom().item(outcome);
    }

    private void send(String... ids) {
        AmqpConnection connection = new Broker(vertx, BrokerAddress.shared()).connect().await().indefinitely();
        var sender = connection.createSenderAndAwait(SecuredBroker.QUEUE);
        List.of(ids)
                .forEach(id -> sender.sendWithAckAndAwait(new AmqpMessage(
                        io.vertx.amqp.AmqpMessage.create(OrderMessages.event(id, "{}")).build())));
        connection.closeAndAwait();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    @Test
    void rejectedMessagesStay_untilThereIsAPlaceForThem_andHoldUpNoOthers() throws Exception {
        try (Log log = new Log(RejectedMessages.class)) {
            send("bad-1", "bad-2", "good-1", "good-2");
            until(() -> accepted.equals(Set.of("good-1", "good-2")));
            until(() -> !log.lines().isEmpty());
            until(() -> broker.messages() == 2);
            broker.createQueue(REJECTED);
            until(() -> broker.messages() == 0);
            until(() -> broker.messages(REJECTED) == 1 + 2);
            assertThat(log.lines()).singleElement()
                    .asString()
                    .contains(REJECTED)
                    .contains("amqp:not-found");
        }
    }

    /** This broker has the usual limit of ten deliveries, and drops what exceeds it. */
    @Test
    void postponedMessages_comeAgain_andSpendNoDeliveryAttempts() {
        send("later-1", "good-1");
        until(() -> accepted.contains("good-1") && postponed.get() > 10);
        forLater = Outcome.ACCEPTED;
        until(() -> accepted.contains("later-1") && broker.messages() == 0);
    }

    private static final class OneAddress implements OrdersConfig {

        @Override
        public Optional<String> address() {
            return Optional.of(SecuredBroker.QUEUE);
        }

        @Override
        public Optional<String> rejectedAddress() {
            return Optional.empty();
        }
    }
}
