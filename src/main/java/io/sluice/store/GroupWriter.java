package io.sluice.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;

/**
 * Lets concurrent callers share a transaction: one group is being written, and all that arrives meanwhile forms the
 * next. There is no timer, so a lone caller does not wait. A caller that goes away does not take its write with it.
 *
 * @param <T> what a caller hands in
 * @param <R> what it gets back once its group is committed; may be null
 */
public final class GroupWriter<T, R> {
    /** A database that stops answering must not stop the writing for good. A group takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int maxGroup;
    private final int maxWaiting;
    private final Function<List<T>, Uni<List<R>>> write;

    private final Queue<Entry<T, R>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    private final DrainTime drain = new DrainTime();

    /**
     * @param maxGroup   items in one transaction at most
     * @param maxWaiting items waiting for one at most; more are refused with {@link FullException}
     * @param write      writes a group in one transaction and returns one result an item, in the same sequence
     */
    public GroupWriter(int maxGroup, int maxWaiting, Function<List<T>, Uni<List<R>>> write) {
        this.maxGroup = maxGroup;
        this.maxWaiting = maxWaiting;
        this.write = write;
    }

    /** Completes after the commit, on the caller's own Vert.x context if it has one. */
    public Uni<R> submit(T item) {
        return Uni.createFrom().emitter(emitter -> {
            if (waiting.incrementAndGet() > maxWaiting) {
                waiting.decrementAndGet();
                int groups = (maxWaiting + maxGroup - 1) / maxGroup;
                emitter.fail(new FullException(maxWaiting, drain.of(groups, System.nanoTime())));
                return;
            }
            queue.add(new Entry<>(item, emitter, Vertx.currentContext()));
            pump();
        });
    }

    private void pump() {
        while (!queue.isEmpty() && writing.compareAndSet(0, 1)) {
            List<Entry<T, R>> group = nextGroup();
            if (group.isEmpty()) {
                writing.set(0);
            } else {
                drain.begin(System.nanoTime());
                writeAll(group).subscribe().with(done -> next(), failure -> next());
                return;
            }
        }
    }

    private void next() {
        drain.end(System.nanoTime());
        writing.set(0);
        pump();
    }

    private List<Entry<T, R>> nextGroup() {
        List<Entry<T, R>> group = new ArrayList<>();
        Entry<T, R> entry;
        while (group.size() < maxGroup && (entry = queue.poll()) != null) {
            group.add(entry);
        }
        waiting.addAndGet(-group.size());
        return group;
    }

    private Uni<Void> writeAll(List<Entry<T, R>> group) {
        return Uni.createFrom()
                .deferred(() -> write.apply(group.stream().map(Entry::item).toList()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .invoke(results -> {
                    for (int i = 0; i < group.size(); i++) {
                        group.get(i).complete(results.get(i));
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> failed(group, failure));
    }

    /** One bad item must not fail its neighbours: halve the group until the bad one stands alone. */
    private Uni<Void> failed(List<Entry<T, R>> group, Throwable failure) {
        if (group.size() > 1 && failure instanceof PgException error && couldBeOneRows(error)) {
            int middle = group.size() / 2;
            return writeAll(group.subList(0, middle))
                    .chain(() -> writeAll(group.subList(middle, group.size())));
        }
        group.forEach(entry -> entry.fail(failure));
        return Uni.createFrom().voidItem();
    }

    /** Data exceptions, integrity violations and rollbacks (PostgreSQL, appendix A); a shutdown is none. */
    private static boolean couldBeOneRows(PgException error) {
        String state = String.valueOf(error.getSqlState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("40");
    }

    private record Entry<T, R>(T item, UniEmitter<? super R> emitter, Context context) {
        void complete(R result) {
            onContext(() -> emitter.complete(result));
        }

        void fail(Throwable failure) {
            onContext(() -> emitter.fail(failure));
        }

        private void onContext(Runnable action) {
            if (context == null) {
                action.run();
            } else {
                context.runOnContext(ignored -> action.run());
            }
        }
    }

    /** More is waiting to be written than there may be. */
    public static final class FullException extends RuntimeException {
        private final Duration drain;

        FullException(int limit, Duration drain) {
            super(limit + " writes are waiting already");
            this.drain = drain;
        }

        /** How long it will take to write what waits, at the pace of the last groups. */
        public Duration drain() {
            return drain;
        }
    }
}
