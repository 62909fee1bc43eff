package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.testing.Ports;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorOutgoingConfiguration;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpChannel;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpChannel;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonHelper;
import io.vertx.proton.ProtonServer;

/**
 * What made us write a connector of our own: each test shows a defect of {@code smallrye-amqp} and that ours does not
 * have it. A test that fails after an update says that the defect is gone; {@code docs/messaging.md} describes them.
 */
class StandardConnectorDefectsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Long enough for any retry of theirs, which are configured to happen every second. */
    private static final Duration NEVER = Duration.ofSeconds(6);

    /** More than any test needs; with more still, they would go on long after it. */
    private static final String ATTEMPTS = "10";

    private final Vertx vertx = Vertx.vertx();
    private final SluiceAmqpConnector ours = new SluiceAmqpConnector(vertx, new SimpleMeterRegistry());
    private final int port = Ports.free();
    private final List<Cancellable> subscriptions = new CopyOnWriteArrayList<>();
    private final List<Object> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger attaches = new AtomicInteger();

    @AfterEach
    void close() {
        subscriptions.forEach(Cancellable::cancel);
        ours.close();
        vertx.closeAndAwait();
    }

    /** Messages that wait for the broker make a connection each when it is back, and these stay. */
    @Test
    void brokerIsBack_theStandardOneConnectsOnceForEveryMessage() throws Exception {
        assertThat(connectionsAfterAnOutage(standardSender())).isGreaterThan(5);
    }

    @Test
    @SuppressWarnings("unchecked")
    void brokerIsBack_oursConnectsOnce() throws Exception {
        Map<String, String> settings = settings(SecuredBroker.QUEUE);
        assertThat(connectionsAfterAnOutage((Flow.Subscriber<Message<?>>) ours.getSubscriber(config(settings))))
                .isEqualTo(1);
    }

    /** Sends 25 messages while the broker is down, each anew if it is refused, and returns when all have arrived. */
    private int connectionsAfterAnOutage(Flow.Subscriber<Message<?>> subscriber) throws Exception {
        int messages = 25;
        AtomicReference<MultiEmitter<? super Message<?>>> emitter = new AtomicReference<>();
        Multi.createFrom().<Message<?>>emitter(emitter::set).subscribe().withSubscriber(subscriber);
        try (SecuredBroker broker = new SecuredBroker(port)) {
            sendUntilTaken(emitter.get(), "first");
            await().atMost(PATIENCE).until(() -> broker.messages() == 1);
            broker.stop();
            for (int i = 0; i < messages; i++) {
                sendUntilTaken(emitter.get(), "message " + i);
            }
            broker.start();
            await().atMost(PATIENCE).until(() -> broker.messages() >= messages);
            return broker.connections();
        }
    }

    private void sendUntilTaken(MultiEmitter<? super Message<?>> emitter, String body) {
        emitter.emit(Message.of(body, () -> CompletableFuture.completedFuture(null), failure -> {
            vertx.getDelegate().setTimer(200, ignored -> sendUntilTaken(emitter, body));
            return CompletableFuture.completedFuture(null);
        }));
    }

    /** The broker goes away between the connection and the receiver: nothing ends the wait for the answer. */
    @Test
    void connectionLostWhileAttaching_theStandardOneNeverConnectsAgain() {
        startBroker();
        receive(standardReceiver());
        await().atMost(PATIENCE).until(() -> attaches.get() == 1);
        await().during(NEVER).atMost(PATIENCE).until(() -> connections.get() == 1);
        assertThat(received).isEmpty();
    }

    @Test
    void connectionLostWhileAttaching_oursConnectsAgain() {
        startBroker();
        receive(ours.getPublisher(config(settings("work"))));
        await().atMost(PATIENCE).until(() -> received.contains("message"));
        assertThat(connections).hasValue(2);
    }

    /** The broker closes the receiver and keeps the connection: the channel ends without a word. */
    @Test
    void receiverClosed_theStandardOneIsHealthyAndNeverReceivesAgain() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(port)) {
            IncomingAmqpChannel channel = standardChannel(SecuredBroker.QUEUE);
            receive(channel.getPublisher());
            await().atMost(PATIENCE).until(() -> broker.receivers() == 1);
            broker.deleteQueue(SecuredBroker.QUEUE);
            broker.createQueue(SecuredBroker.QUEUE);
            await().during(NEVER)
                    .atMost(PATIENCE)
                    .until(() -> broker.messages() == 1 && channel.isOpen() && connected(channel));
            assertThat(received).isEmpty();
        }
    }

    @Test
    void receiverClosed_oursAttachesAgain() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(port)) {
            receive(ours.getPublisher(config(settings(SecuredBroker.QUEUE))));
            await().atMost(PATIENCE).until(() -> broker.receivers() == 1);
            broker.deleteQueue(SecuredBroker.QUEUE);
            broker.createQueue(SecuredBroker.QUEUE);
            await().atMost(PATIENCE).until(() -> broker.messages() == 0);
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void noSuchQueue_theStandardOneIsReady() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(port)) {
            IncomingAmqpChannel channel = standardChannel("no.such.queue");
            receive(channel.getPublisher());
            await().during(NEVER).atMost(PATIENCE).until(() -> connected(channel));
        }
    }

    /** What its readiness check asks. */
    private static boolean connected(IncomingAmqpChannel channel) {
        return channel.isConnected().await().atMost(PATIENCE);
    }

    /** A message that cannot be sent in the retries allowed takes the channel with it. */
    @Test
    void oneMessageGivenUp_theStandardOneEndsTheChannel() {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Map<String, String> settings = settings(SecuredBroker.QUEUE);
        settings.put("retry-on-fail-attempts", "1");
        settings.put("reconnect-attempts", "1");
        // The connector's own callback closes all channels of the process: AmqpConnector.reportFailure calls terminate.
        OutgoingAmqpChannel channel = new OutgoingAmqpChannel(
                new AmqpConnectorOutgoingConfiguration(config(settings)),
                client(), vertx, null, (name, failure) -> ended.complete(failure));
        subscribe(Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item((Message<?>) Message.of("a")), Multi.createFrom().nothing()),
                channel);
        assertThat(ended).succeedsWithin(PATIENCE);
    }

    private void receive(Flow.Publisher<? extends Message<?>> publisher) {
        subscriptions.add(Multi.createFrom().publisher(publisher).subscribe().with(message -> {
            received.add(message.getPayload());
            message.ack();
        }));
    }

    private Flow.Publisher<? extends Message<?>> standardReceiver() {
        return standardChannel("work").getPublisher();
    }

    private IncomingAmqpChannel standardChannel(String address) {
        Map<String, String> settings = settings(address);
        return new IncomingAmqpChannel(new AmqpConnectorIncomingConfiguration(config(settings)), client(), vertx, null,
                (name, failure) -> {
                });
    }

    @SuppressWarnings("unchecked")
    private Flow.Subscriber<Message<?>> standardSender() {
        Map<String, String> settings = settings(SecuredBroker.QUEUE);
        return (Flow.Subscriber<Message<?>>) new OutgoingAmqpChannel(
                new AmqpConnectorOutgoingConfiguration(config(settings)), client(), vertx, null,
                (name, failure) -> {
                }).getSubscriber();
    }

    @SuppressWarnings("unchecked")
    private static void subscribe(Multi<Message<?>> messages, OutgoingAmqpChannel channel) {
        messages.subscribe().withSubscriber((Flow.Subscriber<Message<?>>) channel.getSubscriber());
    }

    private AmqpClient client() {
        return AmqpClient.create(vertx, new AmqpClientOptions().setHost("127.0.0.1")
                .setPort(port)
                .setUsername(SecuredBroker.USER)
                .setPassword(SecuredBroker.PASSWORD));
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "test", 100)).build();
    }

    private Map<String, String> settings(String address) {
        Map<String, String> settings = new HashMap<>();
        settings.put("channel-name", "channel");
        settings.put("connector", "smallrye-amqp");
        settings.put("host", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("username", SecuredBroker.USER);
        settings.put("password", SecuredBroker.PASSWORD);
        settings.put("address", address);
        settings.put("tracing-enabled", "false");
        settings.put("max-inflight-messages", "500");
        settings.put("retry-on-fail-attempts", ATTEMPTS);
        settings.put("retry-on-fail-interval", "1");
        settings.put("reconnect-attempts", ATTEMPTS);
        settings.put("reconnect-interval", "1");
        return settings;
    }

    /**
     * It cuts the first connection when a receiver asks to be attached, and sends one message to every later receiver.
     */
    private void startBroker() {
        ProtonServer server = ProtonServer.create(vertx.getDelegate());
        CompletableFuture<Void> listening = new CompletableFuture<>();
        server.connectHandler(connection -> serve(connection))
                .listen(port, "127.0.0.1", done -> listening.complete(null));
        assertThat(listening).succeedsWithin(PATIENCE);
    }

    private void serve(ProtonConnection connection) {
        connections.incrementAndGet();
        connection.openHandler(opened -> connection.open());
        connection.sessionOpenHandler(session -> session.open());
        connection.receiverOpenHandler(receiver -> receiver.setTarget(receiver.getRemoteTarget()).open());
        connection.senderOpenHandler(sender -> {
            if (attaches.incrementAndGet() == 1) {
                connection.disconnect();
            } else {
                sender.setSource(sender.getRemoteSource()).open();
                sender.send(ProtonHelper.message("message"));
            }
        });
    }

}
