package io.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.testing.SluiceServices;

/** Tests the live stream at the HTTP level. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class LiveUpdatesTest {
    @TestHTTPResource("dashboard/events")
    URI events;
    @Inject
    TestOrders orders;

    @Test
    void stream_startsWithARefreshThenSendsRowsAndCounts() {
        orders.clear();
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        List<String> lines = connect();
        await().until(() -> lines.contains("event: refresh"));

        orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);

        await().until(() -> lines.contains("event: rows"));
        assertThat(lines).anyMatch(line -> line.startsWith("data: <tr data-order-id=\"" + id))
                .anyMatch(line -> line.startsWith("retry:"));
        await().until(() -> lines.stream().anyMatch(line -> line.contains("\"HANDLING\":\"1\"")));
    }

    @Test
    void allPages_receiveTheSameEvents() {
        orders.clear();
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        List<List<String>> pages = List.of(connect(), connect(), connect());
        await().until(() -> pages.stream().allMatch(lines -> lines.contains("event: refresh")));

        orders.become(id, OrderStatus.CANCELLED, null);

        await().until(() -> pages.stream()
                .allMatch(lines -> lines.stream().anyMatch(line -> line.contains("data-status=\"CANCELLED\""))));
    }

    @Test
    void partnerBanner_isSentWhenAPartnerGoesDownAndWhenTheCountChanges() {
        orders.clear();
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        List<String> lines = connect();
        await().until(() -> lines.contains("event: partners"));

        orders.down("printer");
        await().until(() -> lines.stream().anyMatch(line -> line.contains("The printer is down")));

        orders.hold(id, Step.PRINT_PACKING_SLIP);
        await().until(() -> lines.stream().anyMatch(line -> line.contains("1 order is held")));

        orders.clear();
        await().until(() -> !lines.subList(lines.lastIndexOf("event: partners"), lines.size())
                .toString()
                .contains("is down"));
    }

    private List<String> connect() {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(events).build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
        return lines;
    }

    private record Lines(List<String> lines) implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            lines.add("failed: " + failure);
        }

        @Override
        public void onComplete() {
            lines.add("ended");
        }
    }
}
