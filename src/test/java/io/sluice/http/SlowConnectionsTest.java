package io.sluice.http;

import java.net.URI;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.SlowConnections;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class SlowConnectionsTest {
    private static final int CONNECTIONS = 1000;
    private static final int ORDERS = 50;

    @TestHTTPResource("/")
    URI root;

    /** {@code SlowConnectionsBenchmark} measures how much they slow down others. */
    @Test
    void othersAreAnswered_whileManyConnectionsAreSlow() throws Exception {
        try (SlowConnections slow = SlowConnections.open(root, CONNECTIONS)) {
            for (int i = 0; i < ORDERS; i++) {
                Api.send(Api.order().manual()).then().statusCode(202);
            }
        }
    }
}
