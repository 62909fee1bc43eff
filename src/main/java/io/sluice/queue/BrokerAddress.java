package io.sluice.queue;

import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.amqp.AmqpClientOptions;

/**
 * Where the broker is and who we are there, as a channel's configuration says it.
 *
 * @param ssl whether to speak TLS
 */
record BrokerAddress(String host, int port, Optional<String> username, Optional<String> password, boolean ssl) {
    private static final int CONNECT_TIMEOUT_MS = 3000;
    /** A broker that has been silent for twice this long is gone, even if the connection is still open. */
    private static final int HEARTBEAT_MS = 10_000;

    /**
     * Reads the channel's own keys, and where it has none, those that all AMQP channels share: {@code amqp-host} etc.
     */
    static BrokerAddress of(Config channel) {
        return new BrokerAddress(read(channel, "host", String.class).orElse("localhost"),
                read(channel, "port", Integer.class).orElse(5672),
                read(channel, "username", String.class),
                read(channel, "password", String.class),
                read(channel, "use-ssl", Boolean.class).orElse(false));
    }

    /** The broker of channels that have no keys of their own. */
    static BrokerAddress shared() {
        return of(new SmallRyeConfigBuilder().build());
    }

    private static <T> Optional<T> read(Config channel, String key, Class<T> type) {
        return channel.getOptionalValue(key, type)
                .or(() -> ConfigProvider.getConfig().getOptionalValue("amqp-" + key, type));
    }

    /** For a client that leaves it to its caller to connect again. */
    AmqpClientOptions options() {
        AmqpClientOptions options = new AmqpClientOptions().setHost(host).setPort(port).setHeartbeat(HEARTBEAT_MS);
        options.setSsl(ssl).setConnectTimeout(CONNECT_TIMEOUT_MS).setReconnectAttempts(0);
        username.ifPresent(options::setUsername);
        password.ifPresent(options::setPassword);
        return options;
    }
}
