package io.sluice.queue;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** Sends "work on order X". Only {@code outbox} does, which bounds how many are in flight. */
@ApplicationScoped
public class WorkSender {
    private final MutinyEmitter<String> emitter;

    WorkSender(@Channel("work-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter) {
        this.emitter = emitter;
    }

    /** Completes once the broker has the message on its disk. Does not complete while the broker is down. */
    public Uni<Void> send(UUID orderId) {
        return emitter.send(orderId.toString());
    }
}
