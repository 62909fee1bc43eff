package io.sluice.queue;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.amqp.AmqpConnection;

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

    private final AmqpClient client;
    private final Uni<T> opened = Uni.createFrom().<T>emitter(this::open).memoize().indefinitely();
    private AmqpConnection connection;
    private UniEmitter<? super T> opening;
    private BrokerException lost;

    Link(AmqpClient client) {
        this.client = client;
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
        client.connect()
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
            end(made.close());
            return Uni.createFrom().failure(lost);
        }
        return attach(made.exceptionHandler(this::lose));
    }

    final void lose(Throwable failure) {
        synchronized (this) {
            if (lost != null) {
                return;
            }
            lost = BrokerException.of(failure);
            if (connection != null) {
                end(connection.close());
            }
            if (opening != null) {
                opening.fail(lost);
            }
        }
        onLost(lost);
    }

    /** Ends a connection or a client, about which nothing can be done if it fails. */
    static void end(Uni<Void> closing) {
        closing.subscribe().with(done -> {
        }, failure -> LOG.debug("The connection was closed already"));
    }
}
