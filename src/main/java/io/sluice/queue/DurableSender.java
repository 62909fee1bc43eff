package io.sluice.queue;

import java.util.function.Consumer;

import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.messaging.TerminusDurability;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonSender;

/**
 * Sends to a durable queue. RabbitMQ 3 declares the queue as the link asks for it, or refuses the link if the queue is
 * not durable; Vert.x' own sender cannot ask, and so would make a queue that loses its messages with the broker.
 */
final class DurableSender {
    private final ProtonSender link;
    private final Context context;

    private DurableSender(ProtonSender link, Context context) {
        this.link = link;
        this.context = context;
    }

    /**
     * Must be called on the context of the connection.
     *
     * @param onLost takes the reason when the broker closes the link
     */
    static Uni<DurableSender> attach(ProtonConnection connection, String address, Consumer<Throwable> onLost) {
        ProtonSender link = connection.createSender(address);
        Target target = (Target) link.getTarget();
        target.setCapabilities(Symbol.valueOf("queue"));
        target.setDurable(TerminusDurability.UNSETTLED_STATE);
        DurableSender sender = new DurableSender(link, Vertx.currentContext());
        link.closeHandler(closed -> onLost.accept(reason(closed)));
        link.detachHandler(detached -> onLost.accept(reason(detached)));
        return Uni.createFrom()
                .emitter(emitter -> link.openHandler(opened -> complete(emitter, opened.map(sender))).open());
    }

    private static <T> void complete(UniEmitter<? super T> emitter, AsyncResult<T> result) {
        if (result.succeeded()) {
            emitter.complete(result.result());
        } else {
            emitter.fail(result.cause());
        }
    }

    private static Throwable reason(AsyncResult<ProtonSender> ended) {
        return ended.failed() ? ended.cause() : new IllegalStateException("the broker closed the link");
    }

    /** Whether the broker answered without a target. */
    boolean refused() {
        return link.getRemoteTarget() == null;
    }

    /** Completes once the broker has the message; fails with the outcome if it does not take it. */
    Uni<Void> send(Message message) {
        return Uni.createFrom()
                .emitter(emitter -> context.runOnContext(now -> link.send(message, delivery -> {
                    DeliveryState outcome = delivery.getRemoteState();
                    if (outcome instanceof Accepted) {
                        emitter.complete(null);
                    } else {
                        emitter.fail(new IllegalStateException("the broker did not take the message ("
                                + (outcome instanceof Rejected rejected ? rejected.getError() : outcome) + ")"));
                    }
                })));
    }
}
