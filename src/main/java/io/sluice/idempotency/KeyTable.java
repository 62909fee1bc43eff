package io.sluice.idempotency;

import java.time.Duration;
import java.util.Arrays;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** The table of keys, and of the answers to their requests. */
@ApplicationScoped
public class KeyTable {
    /** Longer than any request that may run again takes; those that take longer may not. */
    private static final int LEASE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Pool pool;

    KeyTable(Pool pool) {
        this.pool = pool;
    }

    /** 409 while the first request with a key is running. */
    public static ProblemException stillRunning() {
        return ProblemException
                .of(ProblemType.STILL_RUNNING,
                        "A request with this Idempotency-Key is still running. Try again when it has been answered.")
                .retryAfter(1);
    }

    /** Waits some seconds for the first request with a key, so that most of its repetitions get its answer. */
    public static <T> Uni<T> patiently(Uni<T> answer) {
        return answer.onFailure(KeyTable::isStillRunning)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(PATIENCE.toMillis());
    }

    /** Whether the first request with a key is running. */
    public static boolean isStillRunning(Throwable failure) {
        return failure instanceof ProblemException refusal
                && refusal.problem().type().equals(ProblemType.STILL_RUNNING.uri());
    }

    /**
     * Notes that a request with this key begins. Emits false if there was one before, unless that one's process has died
     * and it may run again.
     */
    Uni<Boolean> begin(IdempotencyKey key, boolean repeatable) {
        return pool.preparedQuery("""
                /* begin request */
                insert into idempotency_key as k (caller, key, request_hash, created_at, running_until)
                values ($1, $2, $3, now(), now() + $4 * interval '1 second')
                on conflict (caller, key) do update set running_until = excluded.running_until
                where $5 and k.status is null and k.running_until < now() and k.request_hash = excluded.request_hash
                """)
                .execute(Tuple.of(key.caller(), key.key(), Buffer.buffer(key.requestHash()), LEASE_SECONDS, repeatable))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Keeps the answer to the request that has begun. */
    Uni<Void> answer(IdempotencyKey key, StoredAnswer answer) {
        return pool.preparedQuery("""
                /* keep answer */
                update idempotency_key
                set status = $3, answer = $4, headers = $5, order_id = $6, running_until = null
                where caller = $1 and key = $2 and status is null
                """)
                .execute(Tuple.of(key.caller(), key.key(), answer.status(), answer.body(), answer.headers())
                        .addUUID(answer.orderId()))
                .replaceWithVoid();
    }

    /** Frees the key, because the request had no effect. */
    Uni<Void> free(IdempotencyKey key) {
        return pool.preparedQuery("""
                /* free key */
                delete from idempotency_key where caller = $1 and key = $2 and status is null
                """).execute(Tuple.of(key.caller(), key.key())).replaceWithVoid();
    }

    /** Keeps the answer to a request that did not {@link #begin}. Emits false if there is one already. */
    public Uni<Boolean> add(IdempotencyKey key, StoredAnswer answer) {
        return pool.preparedQuery("""
                insert into idempotency_key (caller, key, request_hash, status, answer, order_id, created_at)
                values ($1, $2, $3, $4, $5, $6, now()) on conflict do nothing
                """)
                .execute(Tuple.of(key.caller(), key.key(), Buffer.buffer(key.requestHash()), answer.status(),
                        answer.body()).addUUID(answer.orderId()))
                .map(rows -> rows.rowCount() == 1);
    }

    /**
     * The answer to the earlier request with this key; null if there was none. Fails with a {@link ProblemException}: 422
     * if that was another request, 409 while it is running or if its process died.
     */
    public Uni<StoredAnswer> find(IdempotencyKey key) {
        return pool.preparedQuery("""
                select request_hash, status, answer, headers, order_id, running_until < now() as dead
                from idempotency_key where caller = $1 and key = $2
                """)
                .execute(Tuple.of(key.caller(), key.key()))
                .map(rows -> rows.rowCount() == 0 ? null : read(rows.iterator().next(), key));
    }

    private static StoredAnswer read(Row row, IdempotencyKey key) {
        if (!Arrays.equals(row.getBuffer("request_hash").getBytes(), key.requestHash())) {
            throw ProblemException.of(ProblemType.KEY_REUSED,
                    "This Idempotency-Key was used for another request, or with another body. Use a new key for each request.");
        }
        Integer status = row.getInteger("status");
        if (status != null) {
            return new StoredAnswer(status, row.getString("answer"), row.getString("headers"), row.getUUID("order_id"));
        }
        if (row.getBoolean("dead")) {
            throw ProblemException.of(ProblemType.OUTCOME_UNKNOWN,
                    "The first request with this Idempotency-Key was interrupted, and may or may not have had its "
                            + "effect. Look, and if it had none, send the request with a new key.");
        }
        throw stillRunning();
    }
}
