package io.sluice.queue;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.amqp.AmqpClientOptions;

/** Where the broker is, who we are there, and what the queue is called. */
@ApplicationScoped
class BrokerAddress {
    private static final int CONNECT_TIMEOUT_MS = 3000;

    @ConfigProperty(name = "amqp-host", defaultValue = "localhost")
    String host;
    @ConfigProperty(name = "amqp-port", defaultValue = "5672")
    int port;
    @ConfigProperty(name = "amqp-username")
    Optional<String> username;
    @ConfigProperty(name = "amqp-password")
    Optional<String> password;
    @ConfigProperty(name = "amqp-use-ssl", defaultValue = "false")
    boolean ssl;
    @ConfigProperty(name = "sluice.queue.address")
    String queue;

    /** For a client that leaves it to its caller to connect again. */
    AmqpClientOptions options() {
        AmqpClientOptions options = new AmqpClientOptions().setHost(host).setPort(port);
        options.setSsl(ssl).setConnectTimeout(CONNECT_TIMEOUT_MS).setReconnectAttempts(0);
        username.ifPresent(options::setUsername);
        password.ifPresent(options::setPassword);
        return options;
    }

    String queue() {
        return queue;
    }
}
