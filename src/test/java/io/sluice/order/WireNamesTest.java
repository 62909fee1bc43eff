package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The names that API, configuration and database use. */
class WireNamesTest {

    @ParameterizedTest
    @CsvSource({"SKIP, skip", "WAIT, wait", "STOP, stop"})
    void failurePolicies(FailurePolicy policy, String name) {
        assertThat(policy.wireName()).isEqualTo(name);
        assertThat(FailurePolicy.of(name)).isEqualTo(policy);
    }

    @Test
    void unknownFailurePolicy_isNamedWithTheKnownOnes() {
        assertThatIllegalArgumentException().isThrownBy(() -> FailurePolicy.of("shrug"))
                .withMessage("unknown failure policy 'shrug'; known are skip, wait, stop");
    }

    @ParameterizedTest
    @CsvSource({"AS_LISTED, as-listed, true, 7", "REVERSED, reversed, true, -7", "ANY, any, false, 7"})
    void printOrders(PrintOrder order, String name, boolean ordered, int rankOfPositionSeven) {
        assertThat(order.wireName()).isEqualTo(name);
        assertThat(PrintOrder.of(name)).isEqualTo(order);
        assertThat(order.ordered()).isEqualTo(ordered);
        assertThat(order.rank(7)).isEqualTo(rankOfPositionSeven);
    }

    @Test
    void unknownPrintOrder_isNamedWithTheKnownOnes() {
        assertThatIllegalArgumentException().isThrownBy(() -> PrintOrder.of("shuffled"))
                .withMessage("unknown print order 'shuffled'; known are as-listed, reversed, any");
    }

    @ParameterizedTest
    @CsvSource({"CARRIER, carrier", "PRINTER, printer", "MARKETPLACE, marketplace"})
    void kindsOfPartners(PartnerKind kind, String name) {
        assertThat(kind.wireName()).isEqualTo(name);
        assertThat(PartnerKind.of(name)).isEqualTo(kind);
    }

    @Test
    void unknownKind_isNamedWithTheKnownOnes() {
        assertThatIllegalArgumentException().isThrownBy(() -> PartnerKind.of("warehouse"))
                .withMessage("unknown kind of partner 'warehouse'; known are carrier, printer, marketplace");
    }

    @ParameterizedTest
    @CsvSource({"PRINT_PACKING_SLIP, print-packing-slip, PRINTER", "CREATE_SHIPMENT, create-shipment, CARRIER",
            "SEND_TRACKING, send-tracking, MARKETPLACE", "MARK_SHIPPED, mark-shipped, MARKETPLACE",
            "VOID_SHIPMENT, void-shipment, CARRIER"})
    void steps(Step step, String name, PartnerKind kind) {
        assertThat(step.wireName()).isEqualTo(name);
        assertThat(Step.of(name)).isEqualTo(step);
        assertThat(Step.ofNullable(name)).isEqualTo(step);
        assertThat(step.kind()).isEqualTo(kind);
    }

    @Test
    void noStep_isNull() {
        assertThat(Step.ofNullable(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"AUTO, auto, QUEUED", "MANUAL, manual, RECEIVED"})
    void handling(Handling handling, String name, OrderStatus first) {
        assertThat(handling.wireName()).isEqualTo(name);
        assertThat(handling.firstStatus()).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(CallMode.class)
    void probes_callThePartnerAlthoughItIsDown(CallMode mode) {
        assertThat(mode.probe()).isEqualTo(mode == CallMode.PROBE || mode == CallMode.PROBE_OF_FEW);
    }
}
