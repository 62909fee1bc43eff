package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStatusTest {

    @Test
    void table_inDocs_isTheOneInTheCode() throws IOException {
        Map<OrderStatus, Set<OrderStatus>> documented = Files.readAllLines(Path.of("docs/states.md"))
                .stream()
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == 4 && isStatus(cells[1].trim()))
                .collect(Collectors.toMap(cells -> OrderStatus.valueOf(cells[1].trim()), cells -> statuses(cells[3])));
        Map<OrderStatus, Set<OrderStatus>> coded = Arrays.stream(OrderStatus.values())
                .collect(Collectors.toMap(status -> status, OrderStatus::next));
        assertThat(documented).isEqualTo(coded);
    }

    private static boolean isStatus(String word) {
        return Arrays.stream(OrderStatus.values()).anyMatch(status -> status.name().equals(word));
    }

    private static Set<OrderStatus> statuses(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(OrderStatusTest::isStatus)
                .map(OrderStatus::valueOf)
                .collect(Collectors.toSet());
    }

    @Test
    void resting_handlingIsOverOrHasNotBegun() {
        assertThat(Arrays.stream(OrderStatus.values()).filter(OrderStatus::resting)).containsExactly(
                OrderStatus.RECEIVED, OrderStatus.HANDLED, OrderStatus.FAILED, OrderStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(value = OrderStatus.class, names = {"HANDLED", "CANCELLED"})
    void ended_leadsNowhere(OrderStatus status) {
        assertThat(status.ended()).isTrue();
        assertThat(status.next()).isEmpty();
    }

    @Test
    void illegalTransition_namesOrderFromAndTo() {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(
                () -> new OrderState(id, OrderStatus.HANDLED, null, 0, 7, false).checkMayBecome(OrderStatus.QUEUED))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("Order " + id + " is HANDLED and cannot become QUEUED.");
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void awaitsPerson_whatRestsAndCanGoOn(OrderStatus status) {
        assertThat(status.awaitsPerson()).isEqualTo(status == OrderStatus.RECEIVED || status == OrderStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void settled_handlingHasComeToAResult(OrderStatus status) {
        assertThat(status.settled()).isEqualTo(status.ended() || status == OrderStatus.FAILED);
    }

    @Test
    void next_isACopy() {
        OrderStatus.FAILED.next().clear();
        assertThat(OrderStatus.FAILED.mayBecome(OrderStatus.QUEUED)).isTrue();
        assertThat(OrderStatus.FAILED.mayBecome(OrderStatus.HANDLING)).isFalse();
    }
}
