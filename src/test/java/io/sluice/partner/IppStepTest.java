package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.testing.IppPeer;
import io.sluice.testing.PdfText;
import io.sluice.testing.SluiceServices;
import io.vertx.core.Vertx;

/** The print step with {@code SLUICE_PARTNERS_PRINTER_URL=ipp://…}. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class IppStepTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    @Inject
    Vertx vertx;

    @TempDir
    Path folder;

    @Test
    void step_printsTheSlip_once() {
        UUID orderId = UUID.randomUUID();
        try (IppPeer peer = IppPeer.quick(folder)) {
            PartnerCalls calls = Calls.to(Calls.directory(NOBODY, peer.uri(), NOBODY), vertx, 60_000);

            assertThat(Calls.result(calls, Calls.first(Step.PRINT_PACKING_SLIP, orderId)))
                    .isEqualTo(StepResult.Done.PLAIN);
            assertThat(Calls.result(calls, Calls.afterUnknown(Step.PRINT_PACKING_SLIP, orderId)))
                    .isInstanceOfSatisfying(StepResult.Done.class,
                            done -> assertThat(done.note().code()).isEqualTo(Reason.FOUND_AT_PARTNER));
            assertThat(Calls.result(calls, Calls.afterUnknown(Step.PRINT_PACKING_SLIP, UUID.randomUUID())))
                    .isEqualTo(StepResult.Done.PLAIN);
            assertThat(peer.documents()).hasSize(2);
            try (PdfText slip = new PdfText(peer.documents().get(0))) {
                assertThat(slip.page(1)).contains("Ada Byron", "WEB-1");
                assertThat(slip.qrCode(1)).isEqualTo(orderId.toString());
            }
            assertThat(calls.probe(Partner.defaultOf(PartnerKind.PRINTER)).await().indefinitely())
                    .isInstanceOf(StepResult.Done.class);
        }
    }
}
