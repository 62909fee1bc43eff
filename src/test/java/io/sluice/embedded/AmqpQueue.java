package io.sluice.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A client that puts one message into a queue, or takes one out. */
final class AmqpQueue {

    private static final int TIMEOUT_SECONDS = 20;

    private AmqpQueue() {}

    /** Sends a durable message and returns when the broker has it. */
    static void send(int port, String queue, String text) throws Exception {
        connected(port, connection -> connection.createSender(queue)
                .compose(sender -> sender.sendWithAck(AmqpMessage.create().durable(true).withBody(text).build())));
    }

    static String receive(int port, String queue) throws Exception {
        CompletableFuture<String> body = new CompletableFuture<>();
        return connected(port, connection -> connection.createReceiver(queue)
                .onSuccess(receiver -> receiver.handler(message -> body.complete(message.bodyAsString())))
                .compose(receiver -> Future.fromCompletionStage(body)));
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
