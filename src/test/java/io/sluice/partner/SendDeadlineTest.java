package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.testing.SluiceServices;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;

/** Another worker may have the order once the lease has ended: nothing is sent from then on. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class SendDeadlineTest {
    private static final long LONG = 60_000;

    @Inject
    Vertx vertx;

    private final UUID orderId = UUID.randomUUID();

    private static StepCall late(StepCall call) {
        return call.until(System.nanoTime() - 1);
    }

    private static void assertNotSent(StepResult result) {
        assertThat(result).isInstanceOfSatisfying(StepResult.Postponed.class,
                postponed -> assertThat(postponed.reason().code()).isEqualTo(Reason.INTERNAL));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VOID_SHIPMENT")
    void callAfterTheLease_isNotSent(Step step) throws IOException {
        try (HostilePartner partner = HostilePartner.answering(200, "", "{}")) {
            assertNotSent(Calls.result(Calls.to(partner.uri(), vertx, LONG), late(Calls.first(step, orderId))));

            assertThat(partner.lines()).isEmpty();
        }
    }

    @Test
    void unknownOutcome_isAskedAfterNoneTheLess() throws IOException {
        try (HostilePartner carrier = HostilePartner.answering(200, "", "{\"shipments\":[]}")) {
            assertNotSent(Calls.result(Calls.to(carrier.uri(), vertx, LONG),
                    late(Calls.afterUnknown(Step.CREATE_SHIPMENT, orderId))));

            assertThat(carrier.lines()).containsExactly("GET /shipments?reference=" + orderId);
        }
    }

    @Test
    void shipment_isNotMadeVoidAfterTheLease() throws IOException {
        String shipments = "{\"shipments\":[{\"trackingNumber\":\"LP1\",\"carrier\":\"L\",\"orderId\":\"" + orderId
                + "\",\"voided\":false}]}";
        try (HostilePartner carrier = HostilePartner.answering(200, "", shipments)) {
            assertNotSent(Calls.result(Calls.to(carrier.uri(), vertx, LONG),
                    late(Calls.first(Step.VOID_SHIPMENT, orderId))));

            assertThat(carrier.lines()).containsExactly("GET /shipments?reference=" + orderId);
        }
    }

    /** The connections that the late calls got are there for others. */
    @Test
    void callInTime_isSent_withoutTheDeadline_howeverManyWereLate() throws IOException {
        try (HostilePartner marketplace = HostilePartner.answering(200, "", "{}")) {
            PartnerCalls calls = Calls.to(marketplace.uri(), vertx, LONG);
            StepCall call = Calls.first(Step.MARK_SHIPPED, orderId);
            Multi.createFrom()
                    .iterable(IntStream.rangeClosed(0, PartnerConfig.MAX_CONNECTIONS).boxed().toList())
                    .onItem()
                    .transformToUniAndMerge(late -> calls.call(late(call)))
                    .invoke(SendDeadlineTest::assertNotSent)
                    .onItem()
                    .ignoreAsUni()
                    .await()
                    .atMost(Duration.ofMinutes(1));

            assertThat(Calls.result(calls, call)).isEqualTo(StepResult.Done.PLAIN);
            assertThat(marketplace.requests()).singleElement()
                    .asString()
                    .doesNotContainIgnoringCase(SendDeadline.HEADER);
        }
    }
}
