package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.WebhookReceiver;
import io.vertx.core.Vertx;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** One message to an endpoint: where it goes, and what counts as its answer. */
class WebhookClientTest {
    private static final String HOST = "shop.example";

    private final Vertx vertx = Vertx.vertx();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final List<String> lookups = new ArrayList<>();
    private String address = "127.0.0.1";

    @AfterEach
    void close() {
        receiver.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Config(boolean allowPrivateAddresses, Duration timeout, List<Duration> retryDelays,
            Duration disableAfter, int maxInFlight) implements WebhookConfig {}

    private Answer send(boolean allowPrivate, Duration timeout, String url) {
        Resolver resolver = new Resolver(new AddressRule(allowPrivate), host -> {
            lookups.add(host);
            return new InetAddress[]{InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress())};
        });
        Webhook webhook = new Webhook(UUID.randomUUID(), WebhookUrl.parse(url), Set.of(), null, SigningSecret.random(),
                null, null, null, null, null, null, Instant.now());
        return new WebhookClient(vertx, resolver, new Config(allowPrivate, timeout, List.of(), timeout, 8))
                .send(webhook, "749-31", "{}", 0, Instant.now())
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    private Answer send() {
        return send(true, Duration.ofSeconds(30), "http://" + HOST + ":" + receiver.port() + "/hook?a=b");
    }

    /** The name exists nowhere: a second look-up would fail, and with it the connection. */
    @Test
    void message_goesToTheAddressThatWasChecked() {
        assertThat(send().delivered()).isTrue();
        assertThat(lookups).containsExactly(HOST);
        WebhookReceiver.Message message = receiver.messages().get(0);
        assertThat(message.path()).isEqualTo("/hook?a=b");
        assertThat(message.headers()).containsEntry("host", HOST + ":" + receiver.port())
                .containsEntry("content-type", "application/json")
                .containsKeys("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Test
    void addressOfIpV6_standsInBracketsInTheHostHeader() {
        assertThat(send(true, Duration.ofSeconds(30), "http://[2001:db8::1]:" + receiver.port() + "/").delivered())
                .isTrue();
        assertThat(lookups).containsExactly("2001:db8::1");
        assertThat(receiver.messages().get(0).headers()).containsEntry("host", "[2001:db8::1]:" + receiver.port());
    }

    @Test
    void addressThatIsNotAllowed_isNotConnectedTo() {
        Answer answer = send(false, Duration.ofSeconds(30), "http://" + HOST + ":" + receiver.port() + "/");
        assertThat(answer.problem()).contains("not public");
        assertThat(answer.delivered()).isFalse();
        assertThat(receiver.messages()).isEmpty();
    }

    /** As a rebinding name server does it: the check at creation saw another address. */
    @Test
    void nameThatHasMoved_isCheckedAgain() {
        address = "::ffff:169.254.169.254";
        assertThat(send(false, Duration.ofSeconds(30), "http://" + HOST + "/").problem()).contains("not public");
    }

    @Test
    void redirect_isAFailure_andIsNotFollowed() {
        receiver.behaves(message -> new WebhookReceiver.Reply(307, Map.of("Location", receiver.url()), new byte[0]));
        Answer answer = send();
        assertThat(answer.delivered()).isFalse();
        assertThat(answer.problem()).contains("307", "not followed");
        assertThat(receiver.messages()).hasSize(1);
    }

    @Test
    void endlessAnswer_isBrokenOff_andItsStatusCounts() throws Exception {
        try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Long> written = CompletableFuture.supplyAsync(() -> writeUntilClosed(endless));
            assertThat(send(true, Duration.ofMinutes(1), "http://" + HOST + ":" + endless.getLocalPort() + "/")
                    .delivered()).isTrue();
            assertThat(written.get()).isLessThan(64L * 1024 * 1024);
        }
    }

    private static long writeUntilClosed(ServerSocket server) {
        long written = 0;
        try (Socket connection = server.accept()) {
            // An answer that comes before its request is no answer.
            connection.getInputStream().read();
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] some = new byte[64 * 1024];
            while (true) {
                out.write(some);
                written += some.length;
            }
        } catch (IOException closed) {
            return written;
        }
    }

    @Test
    void error_tellsItsStatus_andTheWaitThatItAsksFor() {
        receiver.behaves(message -> new WebhookReceiver.Reply(503, Map.of("Retry-After", "7"), "busy".getBytes()));
        Answer answer = send();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(answer.problem()).contains("HTTP 503").doesNotContain("busy");
    }

    @Test
    void endpointThatDoesNotAnswer_isGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        receiver.behaves(message -> {
            try {
                end.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return WebhookReceiver.Reply.of(204);
        });
        Answer answer = send(true, Duration.ofMillis(300), "http://" + HOST + ":" + receiver.port() + "/");
        end.countDown();
        assertThat(answer.problem()).contains("did not answer");
    }

    @Test
    void noConnection_isTold() {
        int port = receiver.port();
        receiver.close();
        assertThat(send(true, Duration.ofSeconds(30), "http://" + HOST + ":" + port + "/").problem())
                .contains("no connection");
    }

    @Test
    void certificateThatNoAuthorityHasIssued_isNotTrusted(@TempDir Path folder) throws Exception {
        try (WebhookReceiver secure = new WebhookReceiver(selfSigned(folder))) {
            assertThat(send(true, Duration.ofSeconds(30), "https://" + HOST + ":" + secure.port() + "/").problem())
                    .contains("certificate");
            assertThat(secure.messages()).isEmpty();
        }
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        char[] password = "changeit".toCharArray();
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "hook", "-keyalg", "EC", "-dname", "CN=" + HOST, "-ext", "san=dns:" + HOST,
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(password)).inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
