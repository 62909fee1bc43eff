package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.pgclient.PgException;

class GroupWriterTest {
    private final List<List<String>> written = new ArrayList<>();
    private final List<UniEmitter<? super List<String>>> open = new ArrayList<>();

    /** Writes nothing by itself: a test says when a group is committed, or why it is not. */
    private Uni<List<String>> write(List<String> group) {
        return Uni.createFrom().emitter(emitter -> {
            written.add(group);
            open.add(emitter);
        });
    }

    private void commit() {
        open.remove(0).complete(written.get(written.size() - 1).stream().map(String::toUpperCase).toList());
    }

    private static UniAssertSubscriber<String> submit(GroupWriter<String, String> writer, String item) {
        return writer.submit(item).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void loneCaller_waitsForNobody() {
        UniAssertSubscriber<String> a = submit(new GroupWriter<>(10, 10, this::write), "a");
        assertThat(written).containsExactly(List.of("a"));
        commit();
        a.assertCompleted().assertItem("A");
    }

    @Test
    void callersThatComeDuringAWrite_shareTheNext() {
        GroupWriter<String, String> writer = new GroupWriter<>(2, 10, this::write);
        submit(writer, "a");
        UniAssertSubscriber<String> b = submit(writer, "b");
        UniAssertSubscriber<String> c = submit(writer, "c");
        UniAssertSubscriber<String> d = submit(writer, "d");
        commit();
        assertThat(written).containsExactly(List.of("a"), List.of("b", "c"));
        b.assertNotTerminated();
        commit();
        b.assertItem("B");
        c.assertItem("C");
        d.assertNotTerminated();
        commit();
        d.assertItem("D");
    }

    @Test
    void moreThanMayWait_areRefusedAtOnce() {
        GroupWriter<String, String> writer = new GroupWriter<>(10, 2, this::write);
        submit(writer, "being written");
        submit(writer, "first in line");
        UniAssertSubscriber<String> second = submit(writer, "second in line");
        submit(writer, "too many").assertFailedWith(GroupWriter.FullException.class);
        commit();
        commit();
        second.assertItem("SECOND IN LINE");
    }

    @Test
    void oneBadItemInAGroup_doesNotFailItsNeighbours() {
        GroupWriter<String, String> writer = new GroupWriter<>(10, 10, this::write);
        submit(writer, "first");
        UniAssertSubscriber<String> a = submit(writer, "a");
        UniAssertSubscriber<String> bad = submit(writer, "bad");
        UniAssertSubscriber<String> c = submit(writer, "c");
        commit();
        open.remove(0).fail(error("22021"));
        assertThat(written.get(written.size() - 1)).containsExactly("a");
        commit();
        assertThat(written.get(written.size() - 1)).containsExactly("bad", "c");
        open.remove(0).fail(error("22021"));
        open.remove(0).fail(error("22021"));
        commit();
        a.assertItem("A");
        bad.assertFailedWith(PgException.class);
        c.assertItem("C");
    }

    @Test
    void databaseThatIsGone_failsTheWholeGroupAtOnce() {
        GroupWriter<String, String> writer = new GroupWriter<>(10, 10, this::write);
        submit(writer, "first");
        UniAssertSubscriber<String> a = submit(writer, "a");
        UniAssertSubscriber<String> b = submit(writer, "b");
        commit();
        open.remove(0).fail(error("57P01"));
        a.assertFailedWith(PgException.class);
        b.assertFailedWith(PgException.class);
        submit(writer, "next");
        assertThat(written.get(written.size() - 1)).containsExactly("next");
    }

    private static PgException error(String state) {
        return new PgException("no", "ERROR", state, null);
    }
}
