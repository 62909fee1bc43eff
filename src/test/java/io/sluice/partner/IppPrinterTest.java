package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.model.Status;
import com.hp.jipp.model.Types;
import com.hp.jipp.model.WhichJobs;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.packingslip.PaperSize;
import io.sluice.testing.IppPeer;
import io.sluice.tracing.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** IPP against a real printer of CUPS, and against answers that it would not give. */
class IppPrinterTest {
    private static final Partner PRINTER = Partner.defaultOf(PartnerKind.PRINTER);
    private static final Vertx VERTX = Vertx.vertx();
    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LETTER = PaperSize.LETTER.media();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final StepCall call = Calls.first(Step.PRINT_PACKING_SLIP, UUID.randomUUID());
    private final StepCall otherCall = Calls.first(Step.PRINT_PACKING_SLIP, UUID.randomUUID());

    @TempDir
    Path folder;

    @AfterAll
    static void end() {
        VERTX.close();
    }

    @Test
    void slip_arrivesAsItIs_andIsFoundByItsKey() {
        try (IppPeer peer = IppPeer.quick(folder)) {
            IppPrinter printer = printer(peer.uri(), PATIENCE);

            assertThat(result(printer.found(call))).isNull();
            assertThat(result(printer.print(call, PDF))).isEqualTo(StepResult.Done.PLAIN);
            assertThat(peer.documents()).containsExactly(PDF);
            assertThat(result(printer.found(call))).isInstanceOfSatisfying(StepResult.Done.class,
                    done -> assertThat(done.note().code()).isEqualTo(Reason.FOUND_AT_PARTNER));
            assertThat(result(printer.found(otherCall))).isNull();
        }
    }

    @Test
    void printer_isToldThePaper() {
        try (IppPeer peer = IppPeer.quick(folder)) {
            result(printer(peer.uri(), PATIENCE).print(call, PDF));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mediaOfCompletedJobs(peer)).containsExactly(LETTER));
        }
    }

    private static List<String> mediaOfCompletedJobs(IppPeer peer) {
        IppPacket jobs = connection(peer.uri()).ask(IppPacket.getJobs(peer.uri(), Types.media)
                .putOperationAttributes(Types.requestingUserName.of("test"), Types.whichJobs.of(WhichJobs.completed))
                .build(), null).await().atMost(PATIENCE);
        return jobs.getAttributeGroups()
                .stream()
                .filter(group -> group.getTag() == Tag.jobAttributes)
                .map(job -> job.getString(Types.media))
                .toList();
    }

    @Test
    void slips_comeOutInTheSequenceOfTheCalls() {
        try (IppPeer peer = IppPeer.quick(folder)) {
            IppPrinter printer = printer(peer.uri(), PATIENCE);
            for (int i = 1; i <= 5; i++) {
                result(printer.print(Calls.first(Step.PRINT_PACKING_SLIP, UUID.randomUUID()), pdf(i)));
            }
            assertThat(peer.documents()).containsExactly(pdf(1), pdf(2), pdf(3), pdf(4), pdf(5));
        }
    }

    @Test
    void busyPrinter_isWaitedFor_andThenThePatienceEnds() {
        try (IppPeer peer = IppPeer.slow(folder)) {
            assertThat(result(printer(peer.uri(), PATIENCE).print(call, PDF))).isEqualTo(StepResult.Done.PLAIN);
            assertThat(result(printer(peer.uri(), Duration.ZERO).print(otherCall, PDF)))
                    .isInstanceOfSatisfying(StepResult.Postponed.class,
                            postponed -> assertThat(postponed.reason().detail()).contains("server-error-busy"));
            assertThat(result(printer(peer.uri(), PATIENCE).print(otherCall, PDF))).isEqualTo(StepResult.Done.PLAIN);
            assertThat(peer.documents()).hasSize(2);
        }
    }

    @Test
    void probe_tellsWhetherThePrinterIsThere() {
        URI uri;
        try (IppPeer peer = IppPeer.quick(folder)) {
            uri = peer.uri();
            assertThat(result(printer(uri, PATIENCE).probe().replaceWith(StepResult.Done.PLAIN)))
                    .isEqualTo(StepResult.Done.PLAIN);
        }
        assertThat(result(printer(uri, PATIENCE).probe().replaceWith(StepResult.Done.PLAIN)))
                .isInstanceOf(StepResult.Unavailable.class);
        assertThat(result(printer(uri, PATIENCE).print(call, PDF))).isInstanceOf(StepResult.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            clientErrorDocumentFormatError,        Refused
            clientErrorNotAuthorized,              Refused
            clientErrorNotPossible,                Refused
            clientErrorTimeout,                    Unavailable
            serverErrorInternalError,              Unavailable
            serverErrorTemporaryError,             Unavailable
            serverErrorNotAcceptingJobs,           Unavailable
            serverErrorDeviceError,                Unavailable
            serverErrorServiceUnavailable,         Unavailable
            serverErrorBusy,                       Postponed
            serverErrorTooManyJobs,                Postponed
            serverErrorOperationNotSupported,      Refused
            serverErrorJobCanceled,                Refused
            """)
    void statusOfThePrinter_saysWhatFollows(String name, String result)
            throws ReflectiveOperationException, IOException {
        Status status = (Status) Status.class.getField(name).get(null);
        try (HostilePartner peer = answering(status)) {
            assertThat(result(printer(ipp(peer), Duration.ZERO).print(call, PDF)).getClass().getSimpleName())
                    .isEqualTo(result);
        }
    }

    @Test
    void lostOrSenselessAnswer_leavesTheOutcomeUnknown() throws IOException {
        try (HostilePartner lost = new HostilePartner((request, line) -> line.cut());
                HostilePartner senseless = HostilePartner.answering(200, "", "<html>");
                HostilePartner silent = new HostilePartner((request, line) -> {
                })) {
            assertThat(result(printer(ipp(lost), PATIENCE).print(call, PDF))).isInstanceOf(StepResult.NoAnswer.class);
            assertThat(result(printer(ipp(senseless), PATIENCE).print(call, PDF)))
                    .isInstanceOf(StepResult.NoAnswer.class);
            IppPrinter impatient = new IppPrinter(
                    new IppConnection(VERTX, new CallSpans(Traces.OFF, PRINTER, ipp(silent)),
                            new CallLimits(VERTX, 200), 3000),
                    LETTER, PATIENCE);
            assertThat(result(impatient.print(call, PDF))).isInstanceOf(StepResult.NoAnswer.class);
            await().atMost(PATIENCE).until(() -> silent.hungUp() == 1);
        }
    }

    @Test
    void endlessAnswer_isCutOff() throws IOException {
        String tooLong = "x".repeat(CallLimits.MAX_ANSWER_BYTES + 1);
        try (HostilePartner peer = HostilePartner.answering(200, "", tooLong)) {
            assertThat(result(printer(ipp(peer), PATIENCE).print(call, PDF)))
                    .isInstanceOfSatisfying(StepResult.NoAnswer.class,
                            lost -> assertThat(lost.reason().detail()).contains("too long"));
        }
    }

    @ParameterizedTest
    @CsvSource({"401, Refused", "404, Refused", "426, Refused", "500, Unavailable", "302, Unavailable"})
    void httpStatus_saysWhatFollows(int status, String result) throws IOException {
        try (HostilePartner peer = HostilePartner.answering(status, "", "")) {
            assertThat(result(printer(ipp(peer), PATIENCE).print(call, PDF)).getClass().getSimpleName())
                    .isEqualTo(result);
        }
    }

    /** The slip may be among those that were not named; printed again, it would come out twice. */
    @Test
    void fullListOfWaitingJobs_leavesOpenWhetherTheSlipIsThere() throws IOException {
        try (HostilePartner peer = listing(IppPrinter.MAX_JOBS, 0)) {
            assertThat(result(printer(ipp(peer), PATIENCE).found(call))).isInstanceOfSatisfying(
                    StepResult.NoAnswer.class,
                    open -> assertThat(open.reason().detail()).contains("more jobs waiting"));
        }
    }

    @ParameterizedTest
    @CsvSource({"399, 0", "399, 400", "0, 400"})
    void listsWithoutTheSlip_tellThatItIsNotThere(int waiting, int done) throws IOException {
        try (HostilePartner peer = listing(waiting, done)) {
            assertThat(result(printer(ipp(peer), PATIENCE).found(call))).isNull();
        }
    }

    private static byte[] pdf(int number) {
        return ("%PDF-1.4\n" + number + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static HostilePartner answering(Status status) {
        return new HostilePartner((request, line) -> answer(line, IppPacket.response(status).build()));
    }

    /** One that has so many jobs of others. */
    private static HostilePartner listing(int waiting, int done) {
        return new HostilePartner((request, line) -> {
            IppPacket.Builder answer = IppPacket.response(Status.successfulOk);
            for (int i = 0; i < (request.contains("not-completed") ? waiting : done); i++) {
                answer.addGroup(AttributeGroup.groupOf(Tag.jobAttributes, Types.jobName.of("other-" + i)));
            }
            answer(line, answer.build());
        });
    }

    private static void answer(HostilePartner.Line line, IppPacket packet) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        packet.write(answer);
        line.text("HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: " + answer.size()
                + "\r\n\r\n");
        line.bytes(answer.toByteArray());
    }

    private static URI ipp(HostilePartner peer) {
        return URI.create("ipp://127.0.0.1:" + peer.uri().getPort() + "/ipp/print");
    }

    private static IppPrinter printer(URI uri, Duration patience) {
        return new IppPrinter(connection(uri), LETTER, patience);
    }

    private static IppConnection connection(URI uri) {
        return new IppConnection(VERTX, new CallSpans(Traces.OFF, PRINTER, uri), new CallLimits(VERTX, 60_000), 3000);
    }

    private static StepResult result(Uni<StepResult> call) {
        return call.onFailure()
                .recoverWithItem(new PartnerAnswer(PRINTER, Clock.systemUTC())::failure)
                .await()
                .atMost(Duration.ofMinutes(2));
    }
}
