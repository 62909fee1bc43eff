package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.WebhookReceiver;
import io.sluice.testing.WebhookReceiver.Message;
import io.sluice.testing.WebhookReceiver.Reply;

/** A worker dies while it sends messages. */
@ExtendWith(FleetScenarios.class)
class WebhookDeathIT {
    /** Messages that a worker sends to one endpoint at a time. */
    private static final int IN_FLIGHT = 8;

    /** No event is lost, only those that were being sent come twice, and each order's come in their order. */
    @Test
    void killedWhileItSends(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        CountDownLatch dead = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        try (WebhookReceiver endpoint = new WebhookReceiver()) {
            endpoint.behaves(message -> {
                // Some messages get through; then all hang, until the worker is dead.
                if (endpoint.messages().size() >= 2 * IN_FLIGHT) {
                    hanging.incrementAndGet();
                    await(dead);
                }
                return Reply.of(204);
            });
            String webhook = create(fleet, endpoint, orders.channel());
            SluiceProcess doomed = fleet.startWorker("doomed");
            orders.post(20);
            orders.await("messages hang", () -> hanging.get() == IN_FLIGHT);
            doomed.kill();
            dead.countDown();
            fleet.steadyWorkers(2);
            orders.assertAllHandled();
            List<String> events = events(fleet, orders.channel());
            orders.await("all events are delivered", () -> fleet.database.number("""
                    select count(*) from webhook_delivery where webhook_id = ?::uuid and state = 'DELIVERED'
                    """, webhook) == events.size());

            assertThat(firsts(endpoint)).containsExactlyInAnyOrderElementsOf(events);
            assertThat(endpoint.messages().size() - events.size()).as("messages that came twice")
                    .isBetween(1, IN_FLIGHT);
            versions(endpoint).forEach((order, versions) -> assertThat(versions).as(order).isSorted());
        }
    }

    private static void await(CountDownLatch dead) {
        try {
            dead.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String create(Fleet fleet, WebhookReceiver endpoint, String channel) {
        return Http.post(fleet.apiUrl() + "/api/webhooks",
                "{\"url\": \"%s\", \"channel\": \"%s\"}".formatted(endpoint.url(), channel))
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    private static List<String> events(Fleet fleet, String channel) {
        return fleet.database.query("select xid || '-' || id from event_log where channel = ? order by xid, id",
                row -> row.getString(1), channel);
    }

    private static List<String> firsts(WebhookReceiver endpoint) {
        return endpoint.messages().stream().map(Message::id).distinct().toList();
    }

    /** Of each order, in the sequence in which they came. */
    private static Map<String, List<Integer>> versions(WebhookReceiver endpoint) {
        return endpoint.messages()
                .stream()
                .map(message -> message.json().get("data"))
                .collect(Collectors.groupingBy(data -> data.get("orderId").asText(), LinkedHashMap::new,
                        Collectors.mapping(data -> data.get("version").asInt(), Collectors.toList())));
    }
}
