package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.Reason;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.testing.SluiceServices;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Partners that send too much, too slowly, or nonsense. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class HostilePartnerTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final long LONG = 60_000;
    private static final long SHORT = 500;
    private static final long GIGABYTE = 1L << 30;
    /** More than the sockets of both sides keep in their buffers. */
    private static final long SOME = 16L << 20;

    @Inject
    Vertx vertx;

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 503})
    void aGigabyte_isNotReadToItsEnd(int status) throws IOException {
        byte[] piece = " ".repeat(1 << 20).getBytes();
        HostilePartner.Behaviour endless = (request, out) -> {
            out.text("HTTP/1.1 " + status + " Whatever\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
            for (long sent = 0; sent < GIGABYTE; sent += piece.length) {
                out.bytes(piece);
            }
        };
        try (HostilePartner partner = new HostilePartner(endless)) {
            StepResult result = created(partner, LONG);

            assertNoAnswer(result, Reason.PARTNER_NO_ANSWER, "The carrier gave an answer that is too long.");
            await().atMost(A_MINUTE).until(() -> partner.hungUp() == 1);
            assertThat(partner.written()).isLessThan(SOME);
        }
    }

    @Test
    void endlessChunks_areNotReadToTheirEnd() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        HostilePartner.Behaviour endless = (request, out) -> {
            out.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                out.text(chunk);
            }
        };
        try (HostilePartner partner = new HostilePartner(endless)) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_NO_ANSWER, "too long");
            await().atMost(A_MINUTE).until(() -> partner.hungUp() == 1);
            assertThat(partner.written()).isLessThan(SOME);
        }
    }

    @Test
    void answerOfTheLargestSize_isRead() throws IOException {
        String shipment = "{\"trackingNumber\":\"LP1\",\"carrier\":\"Lockkeeper Parcel\"}";
        String answer = shipment + " ".repeat(CallLimits.MAX_ANSWER_BYTES - shipment.length());
        try (HostilePartner partner = HostilePartner.answering(201, "", answer)) {
            assertThat(created(partner, LONG)).isEqualTo(new StepResult.Done(Calls.SHIPMENT, null));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'HTTP/1.1 200 OK', 'X-More: 1'
            'HTTP/1.1 200 OK|Content-Length: 60000|', '{'
            'HTTP/1.1 503 Whatever|Content-Length: 60000|', '{'
            """)
    void answerThatTrickles_isCutOffWithItsConnection(String beginning, String more) throws IOException {
        HostilePartner.Behaviour slow = (request, out) -> {
            out.text(beginning.replace("|", "\r\n") + "\r\n");
            while (true) {
                out.text(more + "\r\n");
                out.pause(Duration.ofMillis(50));
            }
        };
        try (HostilePartner partner = new HostilePartner(slow)) {
            assertNoAnswer(created(partner, SHORT), Reason.PARTNER_NO_ANSWER, "The carrier did not answer in time.");
            await().atMost(A_MINUTE).until(() -> partner.hungUp() == 1);
        }
    }

    @Test
    void silence_isCutOffWithItsConnection() throws IOException {
        try (HostilePartner partner = new HostilePartner((request, out) -> {
        })) {
            assertNoAnswer(created(partner, SHORT), Reason.PARTNER_NO_ANSWER, "The carrier did not answer in time.");
            await().atMost(A_MINUTE).until(() -> partner.hungUp() == 1);
        }
    }

    @Test
    void hugeHead_isNoAnswer() throws IOException {
        HostilePartner.Behaviour huge = (request, out) -> out
                .text("HTTP/1.1 200 OK\r\nX-Much: " + "x".repeat(1 << 20) + "\r\n\r\n");
        try (HostilePartner partner = new HostilePartner(huge)) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_NO_ANSWER, "The carrier gave no answer");
            await().atMost(A_MINUTE).until(() -> partner.hungUp() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_isNotFollowed(int status) throws IOException {
        try (HostilePartner partner = HostilePartner.answering(status, "Location: /elsewhere\r\nRetry-After: 7\r\n",
                "")) {
            StepResult result = created(partner, LONG);

            assertUnavailable(result, status, Duration.ofSeconds(7));
            assertThat(partner.lines()).containsExactly("POST /shipments");
        }
    }

    @Test
    void droppedConnection_isNoAnswerAndNothingIsSentTwice() throws IOException {
        try (HostilePartner partner = new HostilePartner((request, out) -> out.cut())) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_NO_ANSWER, "The carrier gave no answer");
            assertThat(partner.requests()).hasSize(1);
        }
    }

    @Test
    void droppedConnectionThatServedBefore_isNoAnswerAndNothingIsSentTwice() throws IOException {
        List<String> answered = new ArrayList<>();
        HostilePartner.Behaviour once = (request, out) -> {
            if (answered.isEmpty()) {
                answered.add(request);
                out.answer(201, "", "{\"trackingNumber\":\"LP1\",\"carrier\":\"Lockkeeper Parcel\"}");
            } else {
                out.cut();
            }
        };
        try (HostilePartner partner = new HostilePartner(once)) {
            PartnerCalls calls = Calls.to(partner.uri(), vertx, LONG);
            Calls.result(calls, Calls.first(Step.CREATE_SHIPMENT, UUID.randomUUID()));

            StepResult second = Calls.result(calls, Calls.first(Step.CREATE_SHIPMENT, UUID.randomUUID()));

            assertNoAnswer(second, Reason.PARTNER_NO_ANSWER, "The carrier gave no answer");
            assertThat(partner.requests()).hasSize(2);
        }
    }

    @Test
    void answerCutOffInTheMiddle_isNoAnswer() throws IOException {
        HostilePartner.Behaviour half = (request, out) -> {
            out.text("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"trackingNumber\":");
            out.cut();
        };
        try (HostilePartner partner = new HostilePartner(half)) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_NO_ANSWER, "The carrier gave no answer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Welcome!</body></html>", "{\"trackingNumber\":\"LP1\",\"carr", "", "null",
            "[]",
            "\"yes\"", "{} {}", "{}", "{\"trackingNumber\":\"\",\"carrier\":\"x\"}",
            "{\"trackingNumber\":12345,\"carrier\":\"x\"}", "{\"trackingNumber\":true,\"carrier\":\"x\"}",
            "{\"trackingNumber\":\"LP1\",\"carrier\":7}", "{\"trackingNumber\":\"LP1\",\"carrier\":null}",
            "{\"trackingNumber\":\"a\\u0000b\",\"carrier\":\"x\"}", "{\"trackingNumber\":{},\"carrier\":\"x\"}"})
    void nonsense_isGarbled(String body) throws IOException {
        try (HostilePartner partner = HostilePartner.answering(200, "Content-Type: ;;; charset=nonsense\r\n", body)) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_GARBLED, "The carrier said yes, but its answer ");
        }
    }

    /** A parcel of several pieces. */
    @Test
    void longTrackingNumber_isKept() throws IOException {
        String eight = String.join(",", Collections.nCopies(8, "00340434161094"));
        for (String number : List.of(eight, "9".repeat(Member.MAX_TEXT))) {
            try (HostilePartner partner = HostilePartner.answering(201, "",
                    "{\"trackingNumber\":\"" + number + "\",\"carrier\":\"DHL\"}")) {
                assertThat(created(partner, LONG)).isEqualTo(new StepResult.Done(new Shipment(number, "DHL"), null));
            }
        }
    }

    @Test
    void trackingNumberWithoutEnd_isGarbled() throws IOException {
        try (HostilePartner partner = HostilePartner.answering(201, "",
                "{\"trackingNumber\":\"" + "9".repeat(Member.MAX_TEXT + 1) + "\",\"carrier\":\"DHL\"}")) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_GARBLED,
                    "The carrier said yes, but its answer has no usable trackingNumber");
        }
    }

    @Test
    void nestedNonsense_isGarbled() throws IOException {
        try (HostilePartner partner = HostilePartner.answering(200, "", "[".repeat(CallLimits.MAX_ANSWER_BYTES))) {
            assertNoAnswer(created(partner, LONG), Reason.PARTNER_GARBLED, "The carrier said yes, but its answer ");
        }
    }

    @Test
    void wrongContentType_doesNotMatter() throws IOException {
        try (HostilePartner partner = HostilePartner.answering(200, "Content-Type: text/html; charset=nonsense\r\n",
                "{\"trackingNumber\":\"LP1\",\"carrier\":\"Lockkeeper Parcel\"}")) {
            assertThat(created(partner, LONG)).isEqualTo(new StepResult.Done(Calls.SHIPMENT, null));
        }
    }

    @Test
    void whatAPartnerSays_isOneShortLineOfText() throws IOException {
        String said = "No\\u0000thing\\n\\u001b[31m \\u202egoes\\ud800 <b>" + "x".repeat(1000);
        try (HostilePartner partner = HostilePartner.answering(400, "", "{\"detail\":\"" + said + "\"}")) {
            Reason reason = ((StepResult.Refused) created(partner, LONG)).reason();

            assertThat(reason.code()).isEqualTo(Reason.PARTNER_REFUSED);
            assertThat(reason.httpStatus()).isEqualTo(400);
            assertThat(reason.detail()).startsWith("The carrier answered 400: Nothing [31m goes <b>xxx")
                    .hasSize("The carrier answered 400: ".length() + 500 + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"408,3,3", "429,0,0", "429,3600,3600", "429,3601,3600", "503,99999999999999999999,3600", "503,-1,",
            "503,soon,", "500,2,2", "503,'Sun, 06 Nov 1994 08:49:37 GMT',", "503,'Fri, 31 Dec 9999 23:59:59 GMT',3600"})
    void transientAnswer_saysWhenToComeBack(int status, String header, Long seconds) throws IOException {
        try (HostilePartner partner = HostilePartner.answering(status, "Retry-After: " + header + "\r\n", "")) {
            assertUnavailable(created(partner, LONG), status, seconds == null ? null : Duration.ofSeconds(seconds));
        }
    }

    @Test
    void retryAfter_mayBeADate() throws IOException {
        String inHalfAnHour = DateTimeFormatter.RFC_1123_DATE_TIME
                .format(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(30));
        try (HostilePartner partner = HostilePartner.answering(429, "Retry-After: " + inHalfAnHour + "\r\n", "")) {
            StepResult.Unavailable result = (StepResult.Unavailable) created(partner, LONG);

            assertThat(result.retryAfter()).isBetween(Duration.ofMinutes(28), Duration.ofMinutes(30));
        }
    }

    @Test
    void nobodyThere_isUnavailable() throws IOException {
        HostilePartner gone = HostilePartner.answering(200, "", "");
        gone.close();

        assertCannotBeReached(created(gone, LONG));
    }

    @Test
    void unknownHost_isUnavailable() {
        assertCannotBeReached(Calls.result(Calls.to(URI.create("http://carrier.invalid"), vertx, LONG),
                Calls.first(Step.CREATE_SHIPMENT, UUID.randomUUID())));
    }

    /** A queue of connections that is full leaves the next one without any answer. */
    @Test
    void connectionThatDoesNotComeAbout_isUnavailable() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            try {
                fill(full, waiting);
                assertCannotBeReached(
                        Calls.result(Calls.to(URI.create("http://127.0.0.1:" + full.getLocalPort()), vertx, LONG),
                                Calls.first(Step.CREATE_SHIPMENT, UUID.randomUUID())));
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        try {
            while (true) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
            }
        } catch (SocketTimeoutException isFull) {
            // As it should be.
        }
    }

    @Test
    void result_comesOnTheCallersContext() throws Exception {
        try (HostilePartner partner = HostilePartner.answering(201, "",
                "{\"trackingNumber\":\"LP1\",\"carrier\":\"Lockkeeper Parcel\"}")) {
            PartnerCalls calls = Calls.to(partner.uri(), vertx, LONG);
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Thread> there = new CompletableFuture<>();
            CompletableFuture<Thread> back = new CompletableFuture<>();
            context.runOnContext(ignored -> {
                there.complete(Thread.currentThread());
                calls.call(Calls.first(Step.CREATE_SHIPMENT, UUID.randomUUID()))
                        .subscribe()
                        .with(result -> back.complete(Thread.currentThread()), back::completeExceptionally);
            });

            assertThat(back.get(1, TimeUnit.MINUTES)).isSameAs(there.get());
        }
    }

    private StepResult created(HostilePartner partner, long timeoutMs) {
        return Calls.result(Calls.to(partner.uri(), vertx, timeoutMs),
                Calls.first(Step.CREATE_SHIPMENT, UUID.randomUUID()));
    }

    private static void assertNoAnswer(StepResult result, String code, String detail) {
        assertThat(result).isInstanceOf(StepResult.NoAnswer.class);
        Reason reason = ((StepResult.NoAnswer) result).reason();
        assertThat(reason.code()).isEqualTo(code);
        assertThat(reason.detail()).contains(detail);
    }

    private static void assertUnavailable(StepResult result, Integer status, Duration retryAfter) {
        assertThat(result).isInstanceOf(StepResult.Unavailable.class);
        StepResult.Unavailable unavailable = (StepResult.Unavailable) result;
        assertThat(unavailable.reason().code()).isEqualTo(Reason.PARTNER_UNAVAILABLE);
        assertThat(unavailable.reason().httpStatus()).isEqualTo(status);
        assertThat(unavailable.retryAfter()).isEqualTo(retryAfter);
    }

    private static void assertCannotBeReached(StepResult result) {
        assertUnavailable(result, null, null);
        assertThat(((StepResult.Unavailable) result).reason().detail()).isEqualTo("The carrier cannot be reached.");
    }
}
