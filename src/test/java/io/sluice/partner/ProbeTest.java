package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.vertx.core.Vertx;

/** Asking whether a partner is back. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ProbeTest {

    @Inject
    PartnerCalls calls;

    @Inject
    Vertx vertx;

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    @ParameterizedTest
    @EnumSource
    void partner_isUpOrDown(PartnerKind kind) {
        Partner partner = Partner.defaultOf(kind);
        assertThat(probe(calls, partner)).isEqualTo(StepResult.Done.PLAIN);

        Partners.set(partner.name(), Map.of("down", true));

        assertThat(probe(calls, partner)).isInstanceOf(StepResult.Unavailable.class);
    }

    @Test
    void nonsense_isNotBack() throws IOException {
        try (HostilePartner printer = HostilePartner.answering(200, "", "<html>Maintenance</html>")) {
            StepResult.NoAnswer result = (StepResult.NoAnswer) probe(Calls.to(printer.uri(), vertx, 60_000),
                    Partner.defaultOf(PartnerKind.PRINTER));

            assertThat(result.reason().code()).isEqualTo(Reason.PARTNER_GARBLED);
            assertThat(printer.lines())
                    .containsExactly("GET /jobs?reference=00000000-0000-0000-0000-000000000000");
        }
    }

    private static StepResult probe(PartnerCalls calls, Partner partner) {
        return calls.probe(partner).await().atMost(Duration.ofMinutes(1));
    }
}
