package io.sluice.http;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import io.sluice.store.DatabaseWatch;
import io.smallrye.mutiny.Uni;

/** Answers calls of {@link NeedsDatabase} resources during an outage, instead of after their statements' timeouts. */
@NeedsDatabase
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class DatabaseGuard {

    private final DatabaseWatch database;

    DatabaseGuard(DatabaseWatch database) {
        this.database = database;
    }

    @AroundInvoke
    Object guard(InvocationContext call) throws Exception {
        database.check();
        Object answer = call.proceed();
        return answer instanceof Uni<?> pending ? database.unlessOutage(pending) : answer;
    }
}
