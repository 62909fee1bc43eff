package io.sluice.queue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Uni;
import io.vertx.core.net.HostAndPort;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.mutiny.core.Vertx;

/** Connects a channel with the broker. Each connection is tried at the next of its hosts. */
final class Broker {
    private final Vertx vertx;
    private final BrokerAddress address;
    private final AtomicInteger attempts = new AtomicInteger();

    Broker(Vertx vertx, BrokerAddress address) {
        this.vertx = vertx;
        this.address = address;
    }

    Uni<AmqpConnection> connect() {
        return Uni.createFrom().deferred(() -> {
            List<HostAndPort> hosts = address.hosts();
            HostAndPort next = hosts.get(Math.floorMod(attempts.getAndIncrement(), hosts.size()));
            return AmqpClient.create(vertx, address.options(next))
                    .connect()
                    .onFailure(failure -> !address.ssl())
                    .transform(BrokerException::ofPlainConnection);
        });
    }
}
