package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;

class DatabaseFailuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25006", "28P01", "28000", "3D000", "53100", "53200", "53300", "53400", "57P01",
            "57P02", "57P03", "57P05", "58030"})
    void statesOfADatabaseThatCannotBeUsed(String state) {
        assertThat(DatabaseFailures.unavailable(new IllegalStateException(refusal(state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "40001", "42P01", "42501", "57014", "XX000"})
    void statesThatConcernTheStatement(String state) {
        assertThat(DatabaseFailures.unavailable(new IllegalStateException(refusal(state)))).isFalse();
    }

    static Stream<Throwable> lostConnections() {
        return Stream.of(new ConnectException("refused"), new IOException("Connection reset by peer"),
                new ClosedChannelException(), new TimeoutException(),
                ClosedConnectionException.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("lostConnections")
    void lostConnectionsAndTimeouts(Throwable failure) {
        assertThat(DatabaseFailures.unavailable(new IllegalStateException(failure))).isTrue();
    }

    @Test
    void anythingElseIsABug() {
        assertThat(DatabaseFailures.unavailable(new NullPointerException())).isFalse();
        assertThat(DatabaseFailures.unavailable(new PgException("no state", "ERROR", null, null))).isFalse();
    }

    private static PgException refusal(String state) {
        return new PgException("refused", "ERROR", state, null);
    }
}
