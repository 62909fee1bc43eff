package io.sluice.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A client that sends and receives messages of a queue. */
public final class AmqpQueue {

    private static final int TIMEOUT_SECONDS = 30;

    private AmqpQueue() {}

    /** Sends a durable message and waits for the acknowledgement of the broker. */
    public static void send(int port, String queue, String text) throws Exception {
        send(port, queue, text, 1);
    }

    /** Sends the same durable message {@code times} times and waits for all acknowledgements. */
    public static void send(int port, String queue, String text, int times) throws Exception {
        connected(port, connection -> connection.createSender(queue)
                .compose(sender -> Future.all(Collections.nCopies(times, text)
                        .stream()
                        .map(body -> sender
                                .sendWithAck(AmqpMessage.create().durable(true).withBody(body).build()))
                        .toList())));
    }

    /** Receives the next message and waits for it if necessary. */
    public static String receive(int port, String queue) throws Exception {
        CompletableFuture<String> body = new CompletableFuture<>();
        return connected(port, connection -> connection.createReceiver(queue)
                .onSuccess(receiver -> receiver.handler(message -> body.complete(message.bodyAsString())))
                .compose(receiver -> Future.fromCompletionStage(body)));
    }

    /**
     * Receives all messages of a queue without other consumers. Sends an end marker and reads up to it; the queue is
     * empty afterwards.
     */
    public static List<String> drain(int port, String queue) throws Exception {
        String last = "last-" + UUID.randomUUID();
        send(port, queue, last);
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> done = new CompletableFuture<>();
        connected(port,
                connection -> connection.createReceiver(queue).onSuccess(receiver -> receiver.handler(message -> {
                    if (message.bodyAsString().equals(last)) {
                        done.complete(null);
                    } else {
                        found.add(message.bodyAsString());
                    }
                })).compose(receiver -> Future.fromCompletionStage(done)));
        return found;
    }

    private static <T> T connected(int port, Function<AmqpConnection, Future<T>> work) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            return AmqpClient.create(vertx, new AmqpClientOptions().setHost("127.0.0.1").setPort(port))
                    .connect()
                    .compose(work)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
