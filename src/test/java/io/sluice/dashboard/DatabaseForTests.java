package io.sluice.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL of the tests' own. Stand-in until package embedded brings the real one. */
public class DatabaseForTests implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        String server = "postgresql://localhost:" + postgres.getPort() + "/postgres";
        return Map.of("quarkus.datasource.jdbc.url", "jdbc:" + server, "quarkus.datasource.reactive.url", server,
                "quarkus.datasource.username", "postgres", "quarkus.datasource.password", "postgres",
                "sluice.simulator.enabled", "true");
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
