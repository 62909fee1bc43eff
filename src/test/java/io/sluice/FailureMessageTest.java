package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.QuarkusBindException;

class FailureMessageTest {

    @Test
    void busyHttpPort_namesItsKey() {
        assertThat(FailureMessage
                .of(new RuntimeException(new QuarkusBindException("127.0.0.1", 8080, new BindException("in use")))))
                .isEqualTo("port 8080 is in use by another process; set QUARKUS_HTTP_PORT to another one");
    }

    @Test
    void database_namesItsKey() {
        assertThat(FailureMessage.of(new RuntimeException("Failed to start", new SQLException("Connection refused"))))
                .isEqualTo("the database (QUARKUS_DATASOURCE_REACTIVE_URL) cannot be used: Connection refused");
    }

    @Test
    void configuration_oneLineWithoutMessageCode() {
        assertThat(FailureMessage.of(new IllegalArgumentException(
                "Configuration validation failed:\n\tSRCFG00039: The config property sluice.handling.concurrency is wrong")))
                .isEqualTo("Configuration validation failed: The config property sluice.handling.concurrency is wrong");
    }

    @Test
    void noMessage_namesTheException() {
        assertThat(FailureMessage.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
