package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import io.sluice.testing.Log;
import io.smallrye.mutiny.Uni;

class WorkReceiverTest {
    private final List<Delivery> delivered = new ArrayList<>();
    private final WorkReceiver receiver = new WorkReceiver(delivery -> {
        delivered.add(delivery);
        return Uni.createFrom().voidItem();
    }, null);
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void order_isAcknowledgedWhenTheListenerSettlesIt() {
        UUID order = UUID.randomUUID();
        receiver.receive(message(order.toString())).await().indefinitely();
        assertThat(delivered).hasSize(1).first().extracting(Delivery::orderId).isEqualTo(order);
        assertThat(acknowledged).hasValue(0);
        delivered.get(0).settle().run();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void unreadable_isLoggedAndDropped() {
        try (Log log = new Log(WorkReceiver.class)) {
            receiver.receive(message("nonsense")).await().indefinitely();
            assertThat(log.lines()).hasSize(1)
                    .first()
                    .asString()
                    .contains("not the id of an order")
                    .doesNotContain("nonsense");
        }
        assertThat(delivered).isEmpty();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void notEvenText_isDropped() {
        receiver.receive((Message<String>) (Message<?>) message(new byte[]{1})).await().indefinitely();
        assertThat(delivered).isEmpty();
        assertThat(acknowledged).hasValue(1);
    }

    private <T> Message<T> message(T payload) {
        return Message.of(payload, () -> {
            acknowledged.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        });
    }
}
