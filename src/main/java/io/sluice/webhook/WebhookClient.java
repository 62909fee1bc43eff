package io.sluice.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.partner.RetryAfter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import javax.net.ssl.SSLException;

/** Posts a message to an endpoint. Follows no redirects, and reads answers only to their end. */
@ApplicationScoped
class WebhookClient {
    private static final int CONNECT_TIMEOUT_MS = 5000;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final long CANCEL = 8;

    private final Vertx vertx;
    private final Resolver resolver;
    private final HttpClient client;
    private final long timeoutMs;

    WebhookClient(Vertx vertx, Resolver resolver, WebhookConfig config) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.timeoutMs = config.timeout().toMillis();
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS),
                new PoolOptions().setHttp1MaxSize(config.maxInFlight()));
    }

    /**
     * Sends a message once. Never fails.
     *
     * @param tries how many there have been: each takes the next address of the host
     * @param now   the time that the message is signed with
     */
    Uni<Answer> send(Webhook webhook, String messageId, String body, int tries, Instant now) {
        return resolver.resolve(webhook.url().host())
                .chain(addresses -> Uni.createFrom()
                        .completionStage(() -> client
                                .request(
                                        request(webhook, addresses.get(tries % addresses.size()), messageId, body, now))
                                .compose(request -> exchange(request, body, now))
                                .toCompletionStage()))
                .ifNoItem()
                .after(Duration.ofMillis(timeoutMs))
                .failWith(TimeoutException::new)
                .onFailure()
                .recoverWithItem(this::noAnswer);
    }

    private static RequestOptions request(Webhook webhook, InetAddress address, String messageId, String body,
            Instant now) {
        WebhookUrl url = webhook.url();
        return new RequestOptions().setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), withoutName(address)))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.secure())
                .setURI(url.target())
                // Vert.x would leave out the brackets of an IPv6 address.
                .putHeader("Host", url.uri().getRawAuthority())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Sluice")
                .putHeader("webhook-id", messageId)
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .putHeader("webhook-signature", webhook.signatures(messageId, now, body));
    }

    /** The address in digits, so that the name is not looked up once more. */
    private static String withoutName(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress()).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Future<Answer> exchange(HttpClientRequest request, String body, Instant now) {
        long timer = vertx.setTimer(timeoutMs, ignored -> request.reset(CANCEL, new TimeoutException()));
        return request.send(Buffer.buffer(body))
                .compose(response -> readToTheEnd(request, response)
                        // The status counts, whatever becomes of the rest.
                        .transform(ended -> Future.succeededFuture(new Answer(response.statusCode(), null,
                                RetryAfter.read(response.getHeader("Retry-After"), now)))))
                .onComplete(ignored -> vertx.cancelTimer(timer));
    }

    private static Future<Void> readToTheEnd(HttpClientRequest request, HttpClientResponse response) {
        AtomicLong bytes = new AtomicLong();
        response.handler(chunk -> {
            if (bytes.addAndGet(chunk.length()) > MAX_ANSWER_BYTES) {
                request.reset(CANCEL);
            }
        });
        return response.end();
    }

    private Answer noAnswer(Throwable failure) {
        // Resetting the request fails it with another exception, which may come first.
        if (failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException) {
            return Answer.none("The endpoint did not answer within " + timeoutMs + " ms.");
        }
        if (failure instanceof Resolver.UnresolvedHostException
                || failure instanceof Resolver.ForbiddenAddressException) {
            return Answer.none(failure.getMessage());
        }
        if (failure instanceof SSLException) {
            return Answer.none("The secure connection to the endpoint failed: its certificate may not be valid.");
        }
        return Answer.none(failure instanceof IOException
                ? "There was no connection to the endpoint, or it broke off."
                : "The message could not be sent: " + failure.getClass().getSimpleName() + ".");
    }
}
