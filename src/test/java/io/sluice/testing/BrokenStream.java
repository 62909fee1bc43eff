package io.sluice.testing;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

/** An event stream that breaks off in the middle. A client must get every event exactly once all the same. */
public final class BrokenStream implements AutoCloseable {
    /** Only events of this channel's orders count. */
    public final String channel = UUID.randomUUID().toString();
    private final Tap tap;

    /** @param service the port of the service */
    public BrokenStream(int service) {
        tap = new Tap(service);
    }

    /** The port at which the client finds the service. */
    public int port() {
        return tap.port();
    }

    /** @param received the events that the client has got so far, each as its id, a blank and its data */
    public void breaksAndIsResumed(Supplier<List<String>> received) {
        until(() -> {
            Api.post(order().channel(channel).manual());
            assertThat(received.get()).isNotEmpty();
        });
        handledOrders();
        until(() -> assertThat(received.get()).isEqualTo(expected(received.get().get(0))));
        tap.shut();
        handledOrders();
        tap.open();
        handledOrders();
        until(() -> assertThat(received.get()).isEqualTo(expected(received.get().get(0))));
    }

    private void handledOrders() {
        for (int i = 0; i < 3; i++) {
            Api.awaitStatus(Api.post(order().channel(channel)), "HANDLED");
        }
    }

    /** From the first event on that the client got: when it was connected is not known. */
    private List<String> expected(String first) {
        JsonNode page = given().accept("application/json")
                .get("/api/events?limit=200&channel=" + channel)
                .as(JsonNode.class);
        List<String> all = new ArrayList<>();
        page.path("items").forEach(item -> all.add(item.get("id").asText() + " " + item.get("data")));
        return all.subList(all.indexOf(first), all.size());
    }

    @Override
    public void close() {
        tap.close();
    }
}
