package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.testing.Http;

class UnreadyServerTest {

    private final QuarkusProperties properties = new QuarkusProperties(Settings.read());
    private String main;

    @BeforeEach
    void configureAFreePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            properties.set("quarkus.http.port", free.getLocalPort());
            main = "http://127.0.0.1:" + free.getLocalPort();
        }
    }

    @AfterEach
    void restore() {
        properties.close();
    }

    @Test
    void health_isAtTheMainPort() {
        try (UnreadyServer server = UnreadyServer.start(Settings.read())) {
            server.show("the tables are old");
            assertThat(server.healthUrl()).isEqualTo(main + "/q/health");
            assertThat(Http.get(main + "/q/health/ready").expect(503).body()).contains("the tables are old");
            Http.get(main + "/q/health/live").expect(200);
            Http.get(main + "/api/orders").expect(503);
        }
    }

    @Test
    void health_isAtItsOwnPortOnly() {
        properties.set("sluice.management.port", 0);
        try (UnreadyServer server = UnreadyServer.start(Settings.read())) {
            server.show("the tables are old");
            assertThat(Http.get(server.healthUrl()).expect(503).body()).contains("the tables are old");
            Http.get(server.healthUrl() + "/live").expect(200);
            assertThat(Http.get(main + "/q/health/live").expect(503).body()).doesNotContain("old");
        }
    }
}
