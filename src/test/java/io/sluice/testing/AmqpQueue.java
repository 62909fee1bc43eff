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

/** A client that puts messages into a queue, or takes one out. */
public final class AmqpQueue {

    private static final int TIMEOUT_SECONDS = 30;

    private AmqpQueue() {}

    /** Sends a durable message and returns when the broker has it. */
    public static void send(int port, String queue, String text) throws Exception {
        send(port, queue, text, 1);
    }

    /** Sends the same durable message that many times and returns when the broker has them all. */
    public static void send(int port, String queue, String text, int times) throws Exception {
        connected(port, connection -> connection.createSender(queue)
                .compose(sender -> Future.all(Collections.nCopies(times, text)
                        .stream()
                        .map(body -> sender
                                .sendWithAck(AmqpMessage.create().durable(true).withBody(body).build()))
                        .toList())));
    }

    /** Takes the next message, waiting for it if there is none. */
    public static String receive(int port, String queue) throws Exception {
        CompletableFuture<String> body = new CompletableFuture<>();
        return connected(port, connection -> connection.createReceiver(queue)
                .onSuccess(receiver -> receiver.handler(message -> body.complete(message.bodyAsString())))
                .compose(receiver -> Future.fromCompletionStage(body)));
    }

    /**
     * What lies in a queue that nobody else consumes: everything before a last message that is put in for the purpose. The
     * queue is empty after that.
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
