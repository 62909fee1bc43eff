package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.testing.Certificate;
import io.sluice.testing.Log;
import io.sluice.testing.Ports;
import io.vertx.core.net.HostAndPort;
import io.vertx.mutiny.amqp.AmqpMessage;
import io.vertx.mutiny.core.Vertx;

/** How a channel finds the broker, trusts it, and logs in. */
class BrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final List<InboundChannel> inbound = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final int port = Ports.free();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        inbound.forEach(channel -> channel.close().await().atMost(PATIENCE));
        vertx.closeAndAwait();
    }

    @Test
    void hosts_haveAPortOfTheirOwnOrTheCommonOne() {
        assertThat(BrokerHosts.list("one, two:5671,::1,[::1]:5673", 5672)).extracting(HostAndPort::host,
                HostAndPort::port)
                .map(Object::toString)
                .containsExactly("(\"one\", 5672)", "(\"two\", 5671)", "(\"::1\", 5672)", "(\"::1\", 5673)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:99999", "localhost:0", "localhost:", "amqp://localhost:5672", ":5672", "a,,b",
            "a,", "a b", "[::1", "a:1:2"})
    void hostsThatAreNone_areRefused(String hosts) {
        assertThatThrownBy(() -> BrokerHosts.list(hosts)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a host");
    }

    @Test
    void firstHostDies_theNextIsUsed_andTheFirstAgainWhenThatDies() throws Exception {
        int second = Ports.free();
        InboundChannel channel = receive(address("127.0.0.1:%d,127.0.0.1:%d".formatted(port, second)));
        try (SecuredBroker backup = new SecuredBroker(second)) {
            try (SecuredBroker broker = new SecuredBroker(port)) {
                await().atMost(PATIENCE).until(() -> broker.receivers() + backup.receivers() == 1);
                if (backup.receivers() == 1) {
                    backup.stop();
                    await().atMost(PATIENCE).until(() -> broker.receivers() == 1);
                    backup.start();
                }
            }
            await().atMost(PATIENCE).until(() -> backup.receivers() == 1 && channel.receiving());
            OutboundChannel sender = sender(address("127.0.0.1:%d,127.0.0.1:%d".formatted(port, second)));
            await().atMost(PATIENCE).until(() -> sends(sender, "a"));
            await().atMost(PATIENCE).until(() -> received.contains("a"));
        }
        try (SecuredBroker broker = new SecuredBroker(port)) {
            await().atMost(PATIENCE).until(() -> broker.receivers() == 1);
        }
    }

    @Test
    void passwordFile_isReadForEachConnection() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), SecuredBroker.PASSWORD + "\n");
        try (SecuredBroker broker = new SecuredBroker(port); Log log = new Log(InboundChannel.class)) {
            InboundChannel channel = receive(new BrokerAddress(BrokerHosts.list("127.0.0.1", port),
                    Optional.of(SecuredBroker.USER), Optional.of("old"), Optional.of(file), false, Optional.empty()));
            await().atMost(PATIENCE).until(channel::receiving);
            broker.changePassword("changed");
            broker.stop();
            broker.start();
            await().atMost(PATIENCE).until(() -> channel.state().contains("Failed to authenticate"));
            Files.writeString(file, "changed");
            await().atMost(PATIENCE).until(channel::receiving);
            assertThat(log.lines()).as("told once, and its end").hasSize(2);
        }
    }

    @Test
    void passwordFileThatIsMissing_isNamed() {
        InboundChannel channel = receive(new BrokerAddress(BrokerHosts.list("127.0.0.1", port), Optional.of("a"),
                Optional.empty(), Optional.of(folder.resolve("none")), false, Optional.empty()));
        await().atMost(PATIENCE).until(() -> channel.state().contains("password file " + folder.resolve("none")));
    }

    @Test
    void tls_certificateOfTheFile_isTrusted() throws Exception {
        Certificate certificate = Certificate.in(folder);
        try (SecuredBroker broker = new SecuredBroker(port, certificate)) {
            OutboundChannel sender = sender(tls(certificate));
            sender.send(message("a")).await().atMost(PATIENCE);
            assertThat(broker.messages()).isEqualTo(1);
        }
    }

    @Test
    void tls_certificateOfSomebodyElse_orAnotherName_isRefusedAndSaid() throws Exception {
        Certificate stranger = Certificate.in(folder.resolve("stranger"));
        Certificate otherName = Certificate.in(folder.resolve("other"), "dns:broker.example");
        try (SecuredBroker broker = new SecuredBroker(port, Certificate.in(folder))) {
            assertRefused(stranger, "the broker's certificate is not trusted: ", "certificate");
            assertThat(broker.connections()).isZero();
        }
        try (SecuredBroker broker = new SecuredBroker(port, otherName)) {
            assertRefused(otherName, "the broker's certificate is not trusted: ", "127.0.0.1");
        }
    }

    @Test
    void tlsAtOnlyOneEnd_isSaid() throws Exception {
        Certificate certificate = Certificate.in(folder);
        try (ServerSocket plain = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> greetWithoutTls(plain));
            assertRefused(certificate, "the broker does not speak TLS at this port");
        }
        try (ServerSocket tls = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> hangUp(tls));
            assertThatThrownBy(() -> sender(address("127.0.0.1")).send(message("a")).await().atMost(PATIENCE))
                    .hasMessage("Disconnected; does the broker expect TLS (AMQP_USE_SSL)?");
        }
    }

    /** As RabbitMQ does when it reads what is no TLS; Artemis waits. */
    private static void hangUp(ServerSocket tls) {
        try (Socket client = tls.accept()) {
            client.getInputStream().readNBytes(8);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    /** As RabbitMQ does; Artemis waits for more. */
    private static void greetWithoutTls(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            client.getOutputStream().write(new byte[]{'A', 'M', 'Q', 'P', 0, 1, 0, 0});
            client.getInputStream().readAllBytes();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private void assertRefused(Certificate trusted, String... words) {
        assertThatThrownBy(() -> sender(tls(trusted)).send(message("a")).await().atMost(PATIENCE))
                .hasMessageContainingAll(words);
    }

    private BrokerAddress address(String hosts) {
        return new BrokerAddress(BrokerHosts.list(hosts, port), Optional.of(SecuredBroker.USER),
                Optional.of(SecuredBroker.PASSWORD), Optional.empty(), false, Optional.empty());
    }

    private BrokerAddress tls(Certificate trusted) {
        return new BrokerAddress(BrokerHosts.list("127.0.0.1", port), Optional.of(SecuredBroker.USER),
                Optional.of(SecuredBroker.PASSWORD), Optional.empty(), true, Optional.of(trusted.pem()));
    }

    private InboundChannel receive(BrokerAddress address) {
        InboundChannel channel = new InboundChannel("work", new Broker(vertx, address), SecuredBroker.QUEUE, 10);
        inbound.add(channel);
        channel.messages().subscribe().with(message -> {
            received.add(message.bodyAsString());
            message.accepted();
        });
        return channel;
    }

    private OutboundChannel sender(BrokerAddress address) {
        return new OutboundChannel("outbox", vertx, new Broker(vertx, address), SecuredBroker.QUEUE);
    }

    private static boolean sends(OutboundChannel sender, String body) {
        return sender.send(message(body)).map(sent -> true).onFailure().recoverWithItem(false).await().atMost(PATIENCE);
    }

    private static AmqpMessage message(String body) {
        return AmqpMessage.create().durable(true).withBody(body).build();
    }
}
