package io.sluice.partner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

import com.hp.jipp.encoding.IppPacket;

import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.sluice.tracing.Traceparent;
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

/** Carries IPP over HTTP (RFC 8010), within the same limits as every other partner's calls. */
final class IppConnection {
    private static final int DEFAULT_PORT = 631;
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final String MEDIA_TYPE = "application/ipp";
    private static final byte[] NO_DOCUMENT = {};
    private static final int OK = 200;

    private final CallSpans spans;
    private final Partner partner;
    private final URI printer;
    private final HttpClient client;
    private final CallLimits limits;
    private final long connectTimeoutMs;

    /** @param spans its printer is {@code ipp://host:631/ipp/print}, or {@code ipps://…} for TLS */
    IppConnection(Vertx vertx, CallSpans spans, CallLimits limits, long connectTimeoutMs) {
        this.spans = spans;
        this.partner = spans.partner();
        this.printer = spans.server();
        this.limits = limits;
        this.connectTimeoutMs = connectTimeoutMs;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(printer.getScheme().equalsIgnoreCase("ipps"))
                .setConnectTimeout((int) connectTimeoutMs)
                // Printers close idle connections soon, and a call that meets the closing has an unknown outcome.
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(PartnerConfig.MAX_CONNECTIONS));
    }

    static boolean speaks(URI printer) {
        return Set.of("ipp", "ipps").contains(String.valueOf(printer.getScheme()).toLowerCase(Locale.ROOT));
    }

    Partner partner() {
        return partner;
    }

    URI printer() {
        return printer;
    }

    /**
     * The printer's answer to a request, whatever its status. Fails with {@link NotDone} if HTTP says no, with
     * {@link PartnerAnswer.Garbled} if the answer is no IPP.
     *
     * @param step the span of the step that asks, or null
     */
    Uni<IppPacket> ask(IppPacket request, String step) {
        return send(request, NO_DOCUMENT, null, step);
    }

    /**
     * As {@link #ask}, for a request that has an effect.
     *
     * @param document   follows the request
     * @param sendBefore in {@link System#nanoTime()}; after that, nothing is sent
     */
    Uni<IppPacket> send(IppPacket request, byte[] document, Long sendBefore, String step) {
        return spans.call("POST", "/", step, trace -> Uni.createFrom()
                .completionStage(() -> client.request(options(trace))
                        .compose(http -> exchange(http, body(request, document), sendBefore))
                        .toCompletionStage()),
                answer -> OK);
    }

    private RequestOptions options(String traceparent) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST)
                .setHost(printer.getHost())
                .setPort(printer.getPort() < 0 ? DEFAULT_PORT : printer.getPort())
                .setURI(printer.getRawPath().isEmpty() ? "/" : printer.getRawPath())
                .setConnectTimeout(connectTimeoutMs)
                .putHeader("Content-Type", MEDIA_TYPE);
        return traceparent == null ? options : options.putHeader(Traceparent.HEADER, traceparent);
    }

    private Future<IppPacket> exchange(HttpClientRequest http, Buffer body, Long sendBefore) {
        if (!limits.begin(http, sendBefore)) {
            return http.response().map(never -> null);
        }
        return http.send(body).compose(response -> response.body().map(answer -> read(response, answer)));
    }

    private IppPacket read(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        if (status != OK) {
            throw refusal(status);
        }
        try {
            return IppPacket.read(new ByteArrayInputStream(body.getBytes()));
        } catch (IOException | RuntimeException broken) {
            throw new PartnerAnswer.Garbled("is no IPP: " + PartnerText.clean(String.valueOf(broken.getMessage())));
        }
    }

    private NotDone refusal(int status) {
        String detail = PartnerText.the(partner) + " answered HTTP " + status + ".";
        boolean refused = status / 100 == 4 && status != 408 && status != 429;
        return new NotDone(refused
                ? new StepResult.Refused(new Reason(Reason.PARTNER_REFUSED, detail, status))
                : new StepResult.Unavailable(new Reason(Reason.PARTNER_UNAVAILABLE, detail, status), null), status);
    }

    private static Buffer body(IppPacket request, byte[] document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(document.length + 512);
        try {
            request.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        bytes.writeBytes(document);
        return Buffer.buffer(bytes.toByteArray());
    }
}
