package io.sluice.queue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.sluice.store.SecretFile;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemTrustOptions;

/**
 * Where the broker is and who we are there, as a channel's configuration says it.
 *
 * @param hosts        at which the broker may be; one of them at a time is enough
 * @param passwordFile is read for each connection, and counts more than the password
 * @param ssl          whether to speak TLS
 * @param caFile       who may have signed the broker's certificate, as PEM; without it, whom the JVM trusts
 */
record BrokerAddress(List<HostAndPort> hosts, Optional<String> username, Optional<String> password,
        Optional<Path> passwordFile, boolean ssl, Optional<Path> caFile) {
    private static final int CONNECT_TIMEOUT_MS = 3000;
    /** A broker that has been silent for twice this long is gone, even if the connection is still open. */
    private static final int HEARTBEAT_MS = 10_000;

    /**
     * Reads the channel's own keys, and where it has none, those that all AMQP channels share: {@code amqp-host} etc.
     */
    static BrokerAddress of(Config channel) {
        Optional<Path> caFile = read(channel, "ca-file", Path.class);
        return new BrokerAddress(BrokerHosts.list(read(channel, "host", String.class).orElse("localhost"),
                read(channel, "port", String.class).map(BrokerHosts::port).orElse(BrokerHosts.DEFAULT_PORT)),
                read(channel, "username", String.class),
                read(channel, "password", String.class),
                read(channel, "password-file", Path.class),
                read(channel, "use-ssl", Boolean.class).orElse(caFile.isPresent()),
                caFile);
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
    AmqpClientOptions options(HostAndPort host) {
        AmqpClientOptions options = new AmqpClientOptions().setHost(host.host())
                .setPort(host.port())
                .setHeartbeat(HEARTBEAT_MS);
        options.setSsl(ssl).setConnectTimeout(CONNECT_TIMEOUT_MS).setReconnectAttempts(0);
        caFile.ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        username.ifPresent(options::setUsername);
        passwordFile.map(SecretFile::read).or(() -> password).ifPresent(options::setPassword);
        return options;
    }
}
