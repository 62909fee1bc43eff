package io.sluice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.amqp.AmqpSender;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** An AMQP client that sends orders as CloudEvents and receives those that are rejected. */
public final class OrderMessages implements AutoCloseable {
    public static final String ADDRESS = "sluice.orders";
    public static final String REJECTED = ADDRESS + ".rejected";
    public static final String TYPE = "io.sluice.order.submit";
    public static final String SOURCE = "https://shop.example/orders";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final AmqpConnection connection;
    private final AmqpSender sender;
    private final List<Message> rejected = new CopyOnWriteArrayList<>();

    public OrderMessages(int port) {
        connection = done(AmqpClient.create(vertx, new AmqpClientOptions().setHost("127.0.0.1").setPort(port))
                .connect());
        sender = done(connection.createSender(ADDRESS, new AmqpSenderOptions().addCapability("queue")));
        done(connection.createReceiver(REJECTED, new AmqpReceiverOptions().addCapability("queue")))
                .handler(message -> rejected.add(message.unwrap()));
    }

    /** An event in binary mode. Each call gives it another id, which is also the message's. */
    public static Message event(String order) {
        return event(UUID.randomUUID().toString(), order);
    }

    public static Message event(String id, String order) {
        Message message = Message.Factory.create();
        message.setDurable(true);
        message.setMessageId(id);
        message.setContentType("application/json");
        message.setApplicationProperties(new ApplicationProperties(new HashMap<>(Map.of("cloudEvents:specversion",
                "1.0", "cloudEvents:type", TYPE, "cloudEvents:source", SOURCE, "cloudEvents:id", id))));
        message.setBody(data(order));
        return message;
    }

    public static Data data(String text) {
        return new Data(new Binary(text.getBytes(UTF_8)));
    }

    /** Sends messages, all at once, and waits until the broker has them. */
    public void send(Message... messages) {
        send(List.of(messages));
    }

    public void send(List<Message> messages) {
        done(Future.all(messages.stream()
                .map(message -> sender.sendWithAck(AmqpMessage.create(message).build()))
                .toList()));
    }

    /** Waits for the rejected message with this id. */
    public Message rejected(Object messageId) {
        await().atMost(PATIENCE)
                .until(() -> rejected.stream().anyMatch(message -> messageId.equals(message.getMessageId())));
        return rejected.stream().filter(message -> messageId.equals(message.getMessageId())).findFirst().orElseThrow();
    }

    /** All that were rejected until now. */
    public List<Message> rejected() {
        return List.copyOf(rejected);
    }

    /** What is wrong with a rejected message. */
    public static JsonNode problem(Message message) {
        try {
            return JSON.readTree((String) message.getApplicationProperties().getValue().get("sluice_problem"));
        } catch (Exception unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        done(connection.close());
        done(vertx.close());
    }
}
