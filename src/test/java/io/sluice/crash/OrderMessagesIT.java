package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.OrderMessages;
import io.sluice.testing.SluiceProcess;

/**
 * Orders come as messages, some of them bad, and a process goes away in the middle. The orders have no external id: only
 * the identity of the event makes a redelivered one known.
 */
@ExtendWith(FleetScenarios.class)
class OrderMessagesIT {
    private static final int COUNT = 6_000;
    private static final int BAD_ONES = COUNT / 10;
    private static final int GOOD_ONES = COUNT - BAD_ONES;

    @Test
    void processKilled(Fleet fleet) {
        twiceInTheMiddle(fleet, SluiceProcess::kill);
    }

    @Test
    void processStopped(Fleet fleet) {
        twiceInTheMiddle(fleet, api -> assertThat(api.terminate()).as("exit code").isZero());
    }

    private static void twiceInTheMiddle(Fleet fleet, Consumer<SluiceProcess> end) {
        OrderBook orders = openBook(fleet);
        fleet.killApi();
        try (OrderMessages messages = new OrderMessages(fleet.broker.port())) {
            messages.send(events(orders));
            for (int i = 0; i < 2; i++) {
                int before = orders.count("true");
                fleet.launchApi();
                orders.await("some are stored", () -> orders.count("true") > before + 100);
                end.accept(fleet.api());
                assertThat(orders.count("true")).isLessThan(GOOD_ONES);
            }
            fleet.startApi();
            assertAllThere(orders, messages, List.of());
        }
    }

    @Test
    void brokerKilled(Fleet fleet) {
        OrderBook orders = openBook(fleet);
        fleet.killApi();
        List<Message> rejected = new ArrayList<>();
        try (OrderMessages messages = new OrderMessages(fleet.broker.port())) {
            messages.send(events(orders));
            fleet.launchApi();
            orders.await("some are stored", () -> orders.count("true") > 100);
            fleet.broker.kill();
            rejected.addAll(messages.rejected());
        }
        assertThat(orders.count("true")).isLessThan(GOOD_ONES);
        fleet.broker.start();
        try (OrderMessages messages = new OrderMessages(fleet.broker.port())) {
            assertAllThere(orders, messages, rejected);
        }
    }

    /** Longer than the process tries to store an order before it gives the message back. */
    @Test
    void databaseTakesNoWrites(Fleet fleet) throws Exception {
        OrderBook orders = openBook(fleet);
        try (OrderMessages messages = new OrderMessages(fleet.broker.port())) {
            fleet.database.set("default_transaction_read_only", "on");
            try {
                orders.await("the process notices",
                        () -> Http.get(fleet.apiUrl() + "/q/health/ready").status() == 503);
                messages.send(events(orders));
                orders.await("messages are given back", () -> postponed(fleet) > 0);
            } finally {
                fleet.database.set("default_transaction_read_only", null);
            }
            assertAllThere(orders, messages, List.of());
        }
        assertThat(fleet.broker.takeDeadLetters()).as("dead letters").isEmpty();
    }

    private static OrderBook openBook(Fleet fleet) {
        fleet.configure(Map.of("SLUICE_ORDERS_ADDRESS", OrderMessages.ADDRESS));
        return fleet.openBook("manual");
    }

    private static List<Message> events(OrderBook orders) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> OrderMessages.event(Api.order()
                        .manual()
                        .withoutExternalId()
                        .channel(orders.channel())
                        .customer("Customer " + i)
                        .currency(i % 10 == 0 ? "none" : "EUR")
                        .json()))
                .toList();
    }

    /** Bad ones may be there more than once. */
    private static void assertAllThere(OrderBook orders, OrderMessages messages, List<Message> rejectedBefore) {
        orders.await("all are stored or rejected", () -> orders.count("true") >= GOOD_ONES
                && ids(rejectedBefore, messages.rejected()).size() >= BAD_ONES);
        assertThat(orders.count("true")).isEqualTo(GOOD_ONES);
        assertThat(orders.customers()).isEqualTo(GOOD_ONES);
        assertThat(ids(rejectedBefore, messages.rejected())).hasSize(BAD_ONES);
        assertThat(messages.rejected()).allSatisfy(OrderMessagesIT::assertHasProblem);
    }

    private static Set<Object> ids(List<Message> some, List<Message> others) {
        return Stream.concat(some.stream(), others.stream()).map(Message::getMessageId).collect(Collectors.toSet());
    }

    private static void assertHasProblem(Message rejected) {
        assertThat(OrderMessages.problem(rejected).at("/errors/0/pointer").asText()).isEqualTo("/currency");
    }

    private static double postponed(Fleet fleet) {
        return Http.get(fleet.apiUrl() + "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("sluice_order_messages_total{outcome=\"postponed\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }
}
