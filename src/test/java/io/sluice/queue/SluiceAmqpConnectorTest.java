package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.testing.Log;
import io.sluice.testing.Ports;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.amqp.AmqpSender;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

/** The connector against a real broker. */
class SluiceAmqpConnectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SluiceAmqpConnector connector = new SluiceAmqpConnector(vertx, registry);
    private final int port = Ports.free();
    private final Map<String, String> settings = new HashMap<>(Map.of("host", "127.0.0.1", "port",
            Integer.toString(port), "username", SecuredBroker.USER, "password", SecuredBroker.PASSWORD, "address",
            SecuredBroker.QUEUE, "ready-without-broker", "false"));
    private final List<String> received = new CopyOnWriteArrayList<>();
    private MultiEmitter<? super Message<String>> emitter;

    @AfterEach
    void close() {
        connector.close();
        vertx.closeAndAwait();
    }

    @Test
    void message_isSettledAtTheSenderAndAcknowledgedByTheReceiver() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(port)) {
            assertThat(send("a")).succeedsWithin(PATIENCE);
            awaitMessages(broker, 1);
            receive();
            awaitMessages(broker, 0);
            assertThat(received).containsExactly("a");
            assertThat(receivingGauge()).isEqualTo(1);
            assertThat(health("work")).isEqualTo("true receiving");
            assertThat(health("outbox")).isEqualTo("true sending");
        }
    }

    @Test
    void bodiesThatAreNoText_areDeliveredForTheConsumerToJudge() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(port)) {
            AmqpConnection connection = new Broker(vertx, BrokerAddress.of(config("other"))).connect()
                    .await()
                    .indefinitely();
            AmqpSender sender = connection.createSenderAndAwait(SecuredBroker.QUEUE);
            sender.sendWithAckAndAwait(AmqpMessage.create().withBooleanAsBody(true).build());
            sender.sendWithAckAndAwait(AmqpMessage.create().withBufferAsBody(Buffer.buffer("bytes")).build());
            sender.sendWithAckAndAwait(AmqpMessage.create().build());
            sender.sendWithAckAndAwait(AmqpMessage.create().withBody("text").build());
            receive();
            awaitMessages(broker, 0);
            assertThat(received).hasSize(4).startsWith("true").endsWith("text");
        }
    }

    @Test
    void brokerRestartedNineTimes_stillReceives() throws Exception {
        receive();
        try (SecuredBroker broker = new SecuredBroker(port)) {
            for (int restart = 0; restart < 9; restart++) {
                awaitReceiving(1);
                broker.stop();
                awaitReceiving(0);
                broker.start();
            }
            String last = UUID.randomUUID().toString();
            await().atMost(PATIENCE)
                    .until(() -> send(last).handle((sent, failure) -> failure == null)
                            .get());
            await().atMost(PATIENCE).until(() -> received.contains(last));
        }
    }

    @Test
    void wrongPassword_isNamedByLogAndHealthAndSender_andTheGaugeIsZero() throws Exception {
        settings.put("password", "wrong");
        assertNothingIsReceived("Failed to authenticate");
    }

    @Test
    void noSuchQueue_isNamedByLogAndHealthAndSender_andTheGaugeIsZero() throws Exception {
        settings.put("address", "no.such.queue");
        assertNothingIsReceived("amqp:not-found");
    }

    private void assertNothingIsReceived(String reason) throws Exception {
        try (SecuredBroker broker = new SecuredBroker(port); Log log = new Log(InboundChannel.class)) {
            receive();
            await().atMost(PATIENCE).until(() -> health("work").contains(reason));
            assertThat(health("work")).startsWith("false not receiving");
            assertThat(receivingGauge()).isZero();
            assertThat(send("a")).failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withMessageContaining(reason);
            assertThat(health("outbox")).startsWith("true not sending").contains(reason);
            assertThat(log.lines()).hasSize(1).first().asString().contains(reason);
        }
    }

    @Test
    void brokerDown_sendFailsAtOnceAndSucceedsWhenItIsBack() throws Exception {
        assertThat(send("a")).failsWithin(Duration.ofSeconds(5)).withThrowableThat().withMessageContaining("refused");
        try (SecuredBroker broker = new SecuredBroker(port)) {
            assertThat(send("b")).succeedsWithin(PATIENCE);
            awaitMessages(broker, 1);
            receive();
            awaitMessages(broker, 0);
            assertThat(received).as("the message that failed is kept nowhere").containsExactly("b");
        }
    }

    @Test
    void silentBroker_sendFailsAfterTenSeconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"))) {
            assertThat(silent.isBound()).isTrue();
            assertThat(send("a")).failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("no answer within 10 s");
        }
    }

    @Test
    void readyWithoutBroker_isReadyAndSaysWhatIsWrong() {
        settings.put("ready-without-broker", "true");
        receive();
        await().atMost(PATIENCE).until(() -> health("work").contains("refused"));
        assertThat(health("work")).startsWith("true not receiving");
        assertThat(connector.getLiveness().isOk()).isTrue();
        assertThat(connector.getStartup().isOk()).isTrue();
    }

    private Cancellable receive() {
        return Multi.createFrom()
                .publisher(connector.getPublisher(config("work")))
                .onItem()
                .call(message -> {
                    received.add((String) message.getPayload());
                    return Uni.createFrom().completionStage(message.ack());
                })
                .subscribe()
                .with(message -> {
                });
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Void> send(String body) {
        if (emitter == null) {
            Multi.createFrom()
                    .<Message<String>>emitter(created -> emitter = created)
                    .subscribe()
                    .withSubscriber((Flow.Subscriber<Message<String>>) connector
                            .getSubscriber(config("outbox")));
        }
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        emitter.emit(Message.of(body, () -> {
            outcome.complete(null);
            return CompletableFuture.completedFuture(null);
        }, failure -> {
            outcome.completeExceptionally(failure);
            return CompletableFuture.completedFuture(null);
        }));
        return outcome;
    }

    private Config config(String channel) {
        settings.put("channel-name", channel);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(new HashMap<>(settings), "test", 100))
                .build();
    }

    /** The broker counts a message a moment after it has settled it. */
    private static void awaitMessages(SecuredBroker broker, long wanted) {
        await().atMost(PATIENCE).until(() -> broker.messages() == wanted);
    }

    private void awaitReceiving(double wanted) {
        await().atMost(PATIENCE).until(() -> receivingGauge() == wanted);
    }

    private double receivingGauge() {
        return registry.get("sluice.broker.receiving").gauge().value();
    }

    private String health(String channel) {
        return connector.getReadiness()
                .getChannels()
                .stream()
                .filter(info -> info.getChannel().equals(channel))
                .map(info -> info.isOk() + " " + info.getMessage())
                .findFirst()
                .orElseThrow();
    }

}
