package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.vertx.core.Vertx;

/** Steps of which an earlier call may have gone out: the partner is asked before anything is sent. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class UnknownOutcomeTest {
    private static final long LONG = 60_000;

    @Inject
    PartnerCalls calls;

    @Inject
    Vertx vertx;

    private final UUID orderId = UUID.randomUUID();

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VOID_SHIPMENT")
    void effectWhoseAnswerWasLost_isAdopted(Step step) {
        Partners.set(step.kind().wireName(), Map.of("lostResponseRate", 1));
        assertThat(Calls.result(calls, Calls.first(step, orderId))).isInstanceOf(StepResult.NoAnswer.class);

        // Were anything sent now, it would be refused.
        Partners.set(step.kind().wireName(), Map.of("lostResponseRate", 0, "failureRate", 1));
        StepResult.Done done = (StepResult.Done) Calls.result(calls, Calls.afterUnknown(step, orderId));

        assertThat(done.note().code()).isEqualTo(Reason.FOUND_AT_PARTNER);
        assertThat(done.note().detail()).startsWith("The " + step.kind().wireName() + " was asked and had ");
        if (step == Step.CREATE_SHIPMENT) {
            assertThat(done.shipment().trackingNumber())
                    .isEqualTo(Partners.shipments(orderId.toString()).get(0).get("trackingNumber"));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VOID_SHIPMENT")
    void callThatNeverArrived_isSentInTheSameAttempt(Step step) {
        StepResult.Done done = (StepResult.Done) Calls.result(calls, Calls.afterUnknown(step, orderId));

        assertThat(done.note()).isNull();
        assertThat(Calls.result(calls, Calls.afterUnknown(step, orderId)))
                .isInstanceOfSatisfying(StepResult.Done.class, found -> assertThat(found.note()).isNotNull());
    }

    @Test
    void resentCall_hasTheSameKey() throws IOException {
        try (HostilePartner carrier = new HostilePartner((request, out) -> {
            if (request.startsWith("GET")) {
                out.answer(200, "", "{\"shipments\":[]}");
            } else {
                out.cut();
            }
        })) {
            PartnerCalls toCarrier = Calls.to(carrier.uri(), vertx, LONG);
            Calls.result(toCarrier, Calls.first(Step.CREATE_SHIPMENT, orderId));
            Calls.result(toCarrier, Calls.afterUnknown(Step.CREATE_SHIPMENT, orderId));

            assertThat(carrier.lines()).containsExactly("POST /shipments", "GET /shipments?reference=" + orderId,
                    "POST /shipments");
            assertThat(carrier.requests().get(0)).containsIgnoringCase(
                    "\r\nIdempotency-Key: " + orderId + ":create-shipment\r\n");
            assertThat(carrier.requests().get(2)).containsIgnoringCase(
                    "\r\nIdempotency-Key: " + orderId + ":create-shipment\r\n");
        }
    }

    @Test
    void firstCall_asksNothing() throws IOException {
        try (HostilePartner carrier = HostilePartner.answering(503, "", "")) {
            Calls.result(Calls.to(carrier.uri(), vertx, LONG), Calls.first(Step.CREATE_SHIPMENT, orderId));

            assertThat(carrier.lines()).containsExactly("POST /shipments");
        }
    }

    @Test
    void voidShipmentsAndThoseOfOthers_areNotAdopted() throws IOException {
        String listed = """
                {"shipments": [
                  {"trackingNumber": "LP8", "carrier": "L", "orderId": "%s", "voided": true},
                  {"trackingNumber": "LP9", "carrier": "L", "orderId": "%s", "voided": false}]}"""
                .formatted(orderId, UUID.randomUUID());
        try (HostilePartner carrier = asked(200, listed)) {
            StepResult.Done done = (StepResult.Done) Calls.result(Calls.to(carrier.uri(), vertx, LONG),
                    Calls.afterUnknown(Step.CREATE_SHIPMENT, orderId));

            assertThat(done).isEqualTo(new StepResult.Done(Calls.SHIPMENT, null));
        }
    }

    @Test
    void otherTrackingNumber_isCorrected() throws IOException {
        try (HostilePartner marketplace = asked(200, "{\"trackingNumber\": \"LP7\", \"shippedAt\": null}")) {
            assertThat(Calls.result(Calls.to(marketplace.uri(), vertx, LONG),
                    Calls.afterUnknown(Step.SEND_TRACKING, orderId))).isEqualTo(StepResult.Done.PLAIN);
            assertThat(marketplace.lines()).containsExactly("GET /orders/" + orderId,
                    "PUT /orders/" + orderId + "/tracking");
        }
    }

    /** The order has left that batch meanwhile, and not without its slip. */
    @Test
    void slipOfAnEarlierBatch_isNotPrintedAgain() throws IOException {
        StepCall call = Calls.afterUnknown(Step.PRINT_PACKING_SLIP, orderId);
        StepCall inBatch = new StepCall(call.step(), call.partner(), orderId, call.channel(), call.externalId(),
                call.placedAt(),
                call.currency(), call.total(), call.content(), UUID.randomUUID(), 1, 2, false, null, null, 2,
                true, false, null, call.sendBefore(), null);
        String job = "{\"jobs\": [{\"jobId\": \"J1\", \"orderId\": \"%s\", \"batchId\": \"%s\", \"position\": 1}]}";
        try (HostilePartner printer = asked(200, job.formatted(orderId, UUID.randomUUID()))) {
            StepResult.Done done = (StepResult.Done) Calls.result(Calls.to(printer.uri(), vertx, LONG), inBatch);

            assertThat(done.note().code()).isEqualTo("found-at-partner");
            assertThat(printer.lines()).containsExactly("GET /jobs?reference=" + orderId);
        }
    }

    /** The code tells whether the partner can be worked with at all at present. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            503, {}, partner-unavailable
            429, {}, partner-unavailable
            302, {}, partner-unavailable
            403, {}, partner-no-answer
            200, <html>, partner-garbled
            200, {}, partner-garbled
            200, '{"shipments": [{"trackingNumber": "LP1", "carrier": "L"}]}', partner-garbled
            """)
    void partnerThatCannotBeAsked_leavesTheOutcomeUnknown(int status, String body, String code) throws IOException {
        try (HostilePartner carrier = asked(status, body)) {
            StepResult.NoAnswer result = (StepResult.NoAnswer) Calls.result(Calls.to(carrier.uri(), vertx, LONG),
                    Calls.afterUnknown(Step.CREATE_SHIPMENT, orderId));

            assertThat(result.reason().code()).isEqualTo(code);
            assertThat(result.reason().detail())
                    .startsWith("It is not known what came of the last call, and asking did not help. The carrier ");
            assertThat(carrier.requests()).hasSize(1);
        }
    }

    @Test
    void partnerThatIsNotThere_leavesTheOutcomeUnknown() throws IOException {
        HostilePartner gone = asked(200, "{}");
        gone.close();

        StepResult.NoAnswer result = (StepResult.NoAnswer) Calls.result(Calls.to(gone.uri(), vertx, LONG),
                Calls.afterUnknown(Step.MARK_SHIPPED, orderId));

        assertThat(result.reason().code()).isEqualTo(Reason.PARTNER_UNAVAILABLE);
    }

    /** Look-ups are answered like this, everything else is done. */
    private static HostilePartner asked(int status, String body) {
        return new HostilePartner((request, out) -> {
            if (request.startsWith("GET")) {
                out.answer(status, "", body);
            } else {
                out.answer(200, "", "{\"trackingNumber\":\"LP1\",\"carrier\":\"Lockkeeper Parcel\"}");
            }
        });
    }
}
