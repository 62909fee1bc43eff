package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to answer badly, as a client meets it. */
class FaultTest extends SimulatorTestBase {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long GIBIBYTE = 1L << 30;

    @ParameterizedTest
    @CsvSource({"drop, 1", "html, 1", "half-json, 1", "huge, 1", "endless, 1",
            "hang, 0", "redirect, 0", "too-many-requests, 0", "server-error, 0"})
    void fault_onEffectCall_effectHappensOrNot(String fault, int shipments) throws IOException {
        set(fault);
        try (Socket caller = callAndReadNothing("o-1")) {
            await().until(() -> received("k-o-1") == 1);

            assertThat(partners.get("/simulator/carrier/shipments").body()).hasSize(shipments);
            assertThat(partners.get("/carrier/shipments?reference=o-1").body().path("shipments")).hasSize(shipments);
        }
        partners.set("carrier", "{\"fault\": null}");
        assertThat(partners.call("POST", "/carrier/shipments", "k-o-1", Partners.shipment("o-1")).status())
                .isEqualTo(shipments == 1 ? 200 : 201);
    }

    @Test
    void hang_callWaits_untilTheFaultIsOver() {
        set("hang");
        CompletableFuture<Partners.Answer> call = partners.createShipmentAsync("o-1");
        await().until(() -> received("o-1:create-shipment") == 1);
        partners.set("carrier", "{\"retryAfterSeconds\": 2}");
        assertThat(call).isNotDone();

        partners.set("carrier", "{\"fault\": null}");

        await().until(call::isCompletedExceptionally);
        assertThatThrownBy(call::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(IOException.class);
        assertThat(partners.createShipment("o-1").status()).isEqualTo(201);
    }

    @Test
    void html_yes_inAPage() {
        set("html");

        HttpResponse<String> answer = create("o-1", BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(answer.body()).startsWith("<!DOCTYPE html>").contains("<script>");
    }

    @Test
    void halfJson_yes_lengthFitsTheHalf() {
        String whole = create("o-1", BodyHandlers.ofString()).body();
        set("half-json");

        HttpResponse<String> answer = create("o-1", BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(whole.length() / 2);
        assertThat(whole).startsWith(answer.body());
    }

    @Test
    void huge_readToTheEnd_aGibibyteOfJson() throws IOException {
        set("huge");
        byte[] start = new byte[100];
        byte[] end = new byte[0];
        long length = start.length;
        try (InputStream body = create("o-1", BodyHandlers.ofInputStream()).body()) {
            body.readNBytes(start, 0, start.length);
            byte[] slice = new byte[1 << 20];
            for (int read = body.read(slice); read >= 0; read = body.read(slice)) {
                length += read;
                end = read < 2 ? end : Arrays.copyOfRange(slice, read - 2, read);
            }
        }

        assertThat(length).isGreaterThan(GIBIBYTE);
        assertThat(new String(start, StandardCharsets.US_ASCII)).startsWith("{\"trackingNumber\":\"LP")
                .contains("\"padding\":\"xxx");
        assertThat(new String(end, StandardCharsets.US_ASCII)).isEqualTo("\"}");
    }

    @Test
    void huge_manyCallersReadNothing_othersAreServed() throws IOException {
        set("huge");
        try (Socket first = callAndReadNothing("o-1"); Socket second = callAndReadNothing("o-2")) {
            await().until(() -> received("k-o-2") == 1);

            assertThat(partners.print("o-3", 1).status()).isEqualTo(201);
        }
        assertThat(partners.print("o-4", 1).status()).isEqualTo(201);
    }

    @Test
    void endless_calledAndRead_anotherByteAndAnother() throws IOException {
        set("endless");

        HttpResponse<InputStream> answer = create("o-1", BodyHandlers.ofInputStream());

        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(body.readNBytes(2)).containsExactly(' ', ' ');
        }
    }

    @Test
    void endless_readToTheEnd_brokenOffWhenTheFaultIsOver() {
        set("endless");
        CompletableFuture<HttpResponse<String>> call = createAsync("o-1", BodyHandlers.ofString());
        await().until(() -> received("k-o-1") == 1);

        partners.set("carrier", "{\"fault\": null}");

        await().until(call::isCompletedExceptionally);
    }

    @Test
    void redirect_followed_counted() {
        set("redirect");

        HttpResponse<String> answer = create("o-1", BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(partners.get("/simulator/redirected").body()).hasToString("{\"followed\":0}");
        partners.get(answer.headers().firstValue("Location").orElseThrow());
        assertThat(partners.get("/simulator/redirected").body()).hasToString("{\"followed\":1}");
    }

    @Test
    void tooManyRequests_refused_saysWhenToComeBack() {
        partners.set("carrier", "{\"fault\": \"too-many-requests\", \"retryAfterSeconds\": 7}");

        HttpResponse<String> answer = create("o-1", BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void serverError_afterTheEffect_problemAllTheSame() {
        partners.createShipment("o-1");
        set("server-error");

        Partners.Answer answer = partners.createShipment("o-1");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void fault_afterLatency_asWithout() {
        partners.set("carrier", "{\"fault\": \"server-error\", \"latencyMs\": 20}");

        assertThat(partners.createShipment("o-1").status()).isEqualTo(500);
        assertThat(partners.get("/simulator/carrier/shipments").body()).isEmpty();
    }

    @Test
    void faultRate_aHalf_someCallsSufferAndTheSameAgainWithTheSameSeed() {
        partners.set("carrier", "{\"fault\": \"server-error\", \"faultRate\": 0.5}");
        List<Integer> statuses = statusesOfHundred();
        assertThat(statuses).contains(201, 500).containsOnly(201, 500);
        stop();
        start();
        partners.set("carrier", "{\"fault\": \"server-error\", \"faultRate\": 0.5}");

        assertThat(statusesOfHundred()).isEqualTo(statuses);
    }

    @Test
    void fault_notDrawn_answerMayBeLostStill() {
        partners.set("carrier", "{\"fault\": \"server-error\", \"faultRate\": 0, \"lostResponseRate\": 1}");

        assertThatThrownBy(() -> partners.createShipment("o-1")).hasCauseInstanceOf(IOException.class);
        assertThat(partners.get("/simulator/carrier/shipments").body()).hasSize(1);
    }

    static Stream<String> lookUps() {
        return Stream.of("/carrier/shipments?reference=o-1", "/printer/jobs?reference=o-1", "/marketplace/orders/o-1");
    }

    @ParameterizedTest
    @MethodSource("lookUps")
    void lookUp_faultOfLookUpsToo_onlyThenSuffers(String lookUp) {
        partners.createShipment("o-1");
        partners.print("o-1", 1);
        partners.markShipped("o-1");
        String partner = lookUp.split("/")[1];
        partners.set(partner, "{\"fault\": \"half-json\"}");
        Partners.Answer whole = partners.get(lookUp);
        assertThat(whole.status()).isEqualTo(200);

        partners.set(partner, "{\"faultOnLookups\": true}");

        assertThatThrownBy(() -> partners.get(lookUp)).hasMessageContaining("Not JSON");
        partners.set(partner, "{\"fault\": \"drop\"}");
        assertThatThrownBy(() -> partners.get(lookUp)).hasCauseInstanceOf(IOException.class);
        partners.set(partner, "{\"fault\": \"server-error\"}");
        assertThat(partners.get(lookUp).status()).isEqualTo(500);
        partners.set(partner, "{\"fault\": null, \"lostResponseRate\": 1}");
        assertThat(partners.get(lookUp)).isEqualTo(whole);
    }

    private void set(String fault) {
        assertThat(partners.set("carrier", "{\"fault\": \"" + fault + "\"}").text("fault")).isEqualTo(fault);
    }

    private int received(String call) {
        return partners.received("carrier", call);
    }

    private List<Integer> statusesOfHundred() {
        return IntStream.range(0, 100).mapToObj(i -> partners.createShipment("o-" + i).status()).toList();
    }

    private <T> HttpResponse<T> create(String orderId, BodyHandler<T> handler) {
        return createAsync(orderId, handler).join();
    }

    private <T> CompletableFuture<HttpResponse<T>> createAsync(String orderId, BodyHandler<T> handler) {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + "/carrier/shipments"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-" + orderId)
                .POST(BodyPublishers.ofString(Partners.shipment(orderId)))
                .build();
        return HTTP.sendAsync(request, handler);
    }

    private Socket callAndReadNothing(String orderId) throws IOException {
        Socket socket = new Socket("127.0.0.1", simulator.port());
        String body = Partners.shipment(orderId);
        socket.getOutputStream().write("""
                POST /carrier/shipments HTTP/1.1\r
                Host: localhost\r
                Content-Length: %d\r
                Idempotency-Key: k-%s\r
                \r
                %s""".formatted(body.length(), orderId, body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
