package io.sluice.queue;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.amqp.AmqpConnection;
import io.vertx.proton.ProtonConnection;

/**
 * One connection with one sender or receiver on it, or the attempt to get there. A link that is lost stays lost and
 * leaves no connection behind; its owner makes a new one.
 *
 * @param <T> the sender or receiver
 */
abstract class Link<T> {
    /** A broker that goes away at the wrong moment never answers, and the client never reports it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(Link.class);

    private final Broker broker;
    private final Uni<T> opened = Uni.createFrom().<T>emitter(this::open).memoize().indefinitely();
    private AmqpConnection connection;
    private UniEmitter<? super T> opening;
    private BrokerException lost;
    private Uni<Void> closing = Uni.createFrom().voidItem();

    Link(Broker broker) {
        this.broker = broker;
    }

    /** Opens the sender or receiver and hands its failures to {@link #lose}. */
    abstract Uni<T> attach(AmqpConnection connection);

    /**
     * Whether the broker answered without a source or target. It refuses so (AMQP 1.0 section 2.6.3), and gives the
     * reason in the detach that follows.
     */
    abstract boolean refused(T attached);

    /** Called once, when this link cannot be used any more. */
    abstract void onLost(BrokerException failure);

    /** The sender or receiver; fails with what the broker said, or when it has been silent for {@link #PATIENCE}. */
    final Uni<T> opened() {
        return opened;
    }

    /** Why this link was lost, or null while it was not. */
    final synchronized BrokerException lost() {
        return lost;
    }

    private void open(UniEmitter<? super T> emitter) {
        synchronized (this) {
            opening = emitter;
        }
        broker.connect()
                .chain(this::keep)
                .chain(attached -> refused(attached)
                        ? Uni.createFrom().<T>nothing()
                        : Uni.createFrom().item(attached))
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> BrokerException.silent(PATIENCE))
                .subscribe()
                .with(emitter::complete, this::lose);
    }

    private synchronized Uni<T> keep(AmqpConnection made) {
        connection = made;
        if (lost != null) {
            endConnection();
            return Uni.createFrom().failure(lost);
        }
        ProtonConnection proton = made.exceptionHandler(this::lose).getDelegate().unwrap();
        if (proton == null) {
            return Uni.createFrom().failure(new ClosedChannelException());
        }
        // The client drops what the broker says when it ends the session, as RabbitMQ does to refuse an address.
        proton.closeHandler(ended -> lose(ended.failed() ? ended.cause() : new ClosedChannelException()));
        return attach(made);
    }

    private void endConnection() {
        closing = connection.close().onFailure().recoverWithNull().memoize().indefinitely();
        closing.subscribe().with(closed -> LOG.trace("The connection is closed"));
    }

    /** Gives up this link. Completes when its connection is closed. */
    final Uni<Void> close() {
        lose(new IllegalStateException("The channel is closed"));
        synchronized (this) {
            return closing;
        }
    }

    final void lose(Throwable failure) {
        synchronized (this) {
            if (lost != null) {
                return;
            }
            lost = BrokerException.of(failure);
            if (connection != null) {
                endConnection();
            }
            if (opening != null) {
                opening.fail(lost);
            }
        }
        onLost(lost);
    }
}
