package io.sluice.idempotency;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.logging.Logger;

import io.sluice.access.Caller;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.store.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.ext.web.RoutingContext;

/**
 * Runs {@link Idempotent} methods. Answers with 2xx are kept, and refusals with 409 that will not pass. All others had no
 * effect, so that the request may be sent again with the same key.
 */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.APPLICATION + 1) // within the guard that answers during an outage of the database
class IdempotencyGuard {
    private static final Logger LOG = Logger.getLogger(IdempotencyGuard.class);
    private static final byte[] NO_BODY = {};

    private final KeyTable keys;
    private final Answers answers;
    private final HttpHeaders headers;
    private final RoutingContext request;

    IdempotencyGuard(KeyTable keys, Answers answers, HttpHeaders headers, RoutingContext request) {
        this.keys = keys;
        this.answers = answers;
        this.headers = headers;
        this.request = request;
    }

    @AroundInvoke
    Object guard(InvocationContext call) throws Exception {
        String header = headers.getHeaderString(IdempotencyKey.HEADER);
        if (header == null) {
            return call.proceed();
        }
        IdempotencyKey key = IdempotencyKey.of(Caller.of(request).identity(), header,
                request.request().method() + " " + request.normalizedPath(), body(call));
        return KeyTable.patiently(answerOnce(call, key));
    }

    private Uni<Object> answerOnce(InvocationContext call, IdempotencyKey key) {
        return keys.begin(key, call.getMethod().getAnnotation(Idempotent.class).repeatable())
                .chain(begun -> begun
                        ? run(call, key)
                        : keys.find(key).onItem().ifNull().failWith(KeyTable::stillRunning).chain(answers::replay));
    }

    /** Goes on to its end even if the caller goes away: the next request with this key finds the answer. */
    private Uni<Object> run(InvocationContext call, IdempotencyKey key) {
        Uni<Object> answered = Uni.createFrom()
                .deferred(Unchecked.supplier(() -> (Uni<Object>) call.proceed()))
                .onItemOrFailure()
                .call((answer, failure) -> keep(call, key, answer, failure));
        return Uni.createFrom().emitter(caller -> answered.subscribe().with(caller::complete, caller::fail));
    }

    /** Never fails: without a kept answer, the key counts as interrupted after a while. */
    private Uni<Void> keep(InvocationContext call, IdempotencyKey key, Object answer, Throwable failure) {
        Uni<Void> kept;
        if (failure == null) {
            kept = keys.answer(key, answers.of(answer, call.getMethod()));
        } else if (lasts(failure)) {
            kept = keys.answer(key, new StoredAnswer(StoredAnswer.CONFLICT, failure.getMessage(), null, null));
        } else {
            kept = keys.free(key);
        }
        return kept.onFailure()
                .invoke(lost -> DatabaseFailures.log(LOG, lost, "The answer to %s %s could not be kept (%s)",
                        request.request().method(), request.normalizedPath(), lost))
                .onFailure()
                .recoverWithNull();
    }

    private static boolean lasts(Throwable failure) {
        return failure instanceof ProblemException refusal
                && refusal.problem().type().equals(ProblemType.CONFLICT.uri())
                && !refusal.headers().containsKey("Retry-After");
    }

    private static byte[] body(InvocationContext call) {
        for (Object parameter : call.getParameters()) {
            if (parameter instanceof byte[] body) {
                return body;
            }
        }
        return NO_BODY;
    }
}
