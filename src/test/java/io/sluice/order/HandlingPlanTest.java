package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class HandlingPlanTest {

    @Test
    void unknownStep_isNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> HandlingPlan.of(List.of("print-packing-slip", "wrap-it"), List.of()))
                .hasMessage("unknown step 'wrap-it'; known steps are"
                        + " print-packing-slip, create-shipment, send-tracking, mark-shipped");
    }

    @Test
    void stepTwice_isRefused() {
        assertThatThrownBy(() -> HandlingPlan.of(List.of("mark-shipped", "mark-shipped"), List.of()))
                .hasMessage("step 'mark-shipped' is listed twice");
    }

    @Test
    void orderedStepOutsideThePlan_isRefused() {
        assertThatThrownBy(() -> HandlingPlan.of(List.of("mark-shipped"), List.of("print-packing-slip")))
                .hasMessage("ordered step 'print-packing-slip' is not a step of the plan");
    }

    @Test
    void trackingWithoutShipment_isRefused() {
        assertThatThrownBy(() -> HandlingPlan.of(List.of("send-tracking", "create-shipment"), List.of()))
                .hasMessageContaining("must come after create-shipment");
        assertThatThrownBy(() -> HandlingPlan.of(List.of("send-tracking"), List.of()))
                .hasMessageContaining("must come after create-shipment");
    }

    @Test
    void noStep_isRefused() {
        assertThatThrownBy(() -> HandlingPlan.of(List.of(), List.of())).hasMessage("a plan needs at least one step");
    }

    @Test
    void lanesBefore_countsOrderedStepsThatCameEarlier() {
        HandlingPlan plan = HandlingPlan.of(
                List.of("create-shipment", "print-packing-slip", "send-tracking", "mark-shipped"),
                List.of("mark-shipped", "print-packing-slip"));
        assertThat(plan.orderedSteps()).containsExactly(Step.PRINT_PACKING_SLIP, Step.MARK_SHIPPED);
        assertThat(plan.steps().stream().map(plan::lanesBefore)).containsExactly(0, 0, 1, 1);
    }

    @Test
    void undoing_isNoStepOfAPlan() {
        assertThatThrownBy(() -> HandlingPlan.of(List.of("create-shipment", "void-shipment"), List.of()))
                .hasMessageStartingWith("step 'void-shipment' undoes what create-shipment did");
    }

    @Test
    void steps_followOneAnother() {
        HandlingPlan plan = HandlingPlan.of(List.of("create-shipment", "print-packing-slip"),
                List.of("print-packing-slip"));
        assertThat(plan.first()).isEqualTo(Step.CREATE_SHIPMENT);
        assertThat(plan.after(Step.CREATE_SHIPMENT)).contains(Step.PRINT_PACKING_SLIP);
        assertThat(plan.after(Step.PRINT_PACKING_SLIP)).isEmpty();
        assertThatThrownBy(() -> plan.after(Step.MARK_SHIPPED))
                .hasMessage("step 'mark-shipped' is not a step of the plan");
        assertThat(plan.before(Step.CREATE_SHIPMENT)).isEmpty();
        assertThat(plan.before(Step.PRINT_PACKING_SLIP)).containsExactly(Step.CREATE_SHIPMENT);
        assertThat(plan.before(Step.MARK_SHIPPED)).isEqualTo(plan.steps());
        assertThat(plan.ordered(Step.PRINT_PACKING_SLIP)).isTrue();
        assertThat(plan.ordered(Step.CREATE_SHIPMENT)).isFalse();
    }

    @Test
    void tracking_afterTheShipment_isAllowed() {
        assertThat(HandlingPlan.of(List.of("create-shipment", "send-tracking"), List.of()).steps()).hasSize(2);
        assertThat(HandlingPlan.of(List.of("mark-shipped"), List.of()).steps()).hasSize(1);
    }
}
