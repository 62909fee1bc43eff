package io.sluice.accept;

import java.time.Duration;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.sluice.idempotency.IdempotencyKey;
import io.sluice.order.OrderDraft;
import io.sluice.store.DatabaseWatch;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;

/** Stores orders that come many at a time. They wait where a single post would be told to try again. */
@Singleton
public class BulkAcceptor {
    /** For what {@link Acceptor#passes}. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    private final Acceptor acceptor;
    private final DatabaseWatch database;

    BulkAcceptor(Acceptor acceptor, DatabaseWatch database) {
        this.acceptor = acceptor;
        this.database = database;
    }

    /**
     * Like {@link Acceptor#store}. Fails during an outage of the database, or when one begins.
     *
     * @param key null if there is none
     */
    public Uni<Acceptor.Stored> store(OrderDraft draft, IdempotencyKey key, Origin origin) {
        return patiently(() -> key == null
                ? acceptor.store(draft, origin)
                : acceptor.accept(draft, key, origin)
                        .map(accepted -> new Acceptor.Stored(accepted.order().id(), accepted.created())));
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> database.unlessOutage(work.get()))
                .onFailure(Acceptor::passes)
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(PATIENCE.toMillis());
    }
}
