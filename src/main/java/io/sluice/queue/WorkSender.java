package io.sluice.queue;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** Sends "work on order X". Only {@code outbox} calls it, and bounds how many messages are in flight. */
@ApplicationScoped
public class WorkSender {
    /** For connectors that set no limit of their own; below the time for which the outbox reserves a message. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final MutinyEmitter<String> emitter;

    WorkSender(
            @Channel("outbox") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter) {
        this.emitter = emitter;
    }

    /**
     * Completes once the broker has the message on its disk. Fails at once while the broker is down, and after ten
     * seconds if it is silent, also while connecting; it is not known then whether the message arrived.
     */
    public Uni<Void> send(UUID orderId) {
        return emitter.send(orderId.toString())
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> BrokerException.silent(PATIENCE));
    }
}
