package io.sluice.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.simulator.Simulator;
import io.sluice.simulator.SimulatorSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Real PostgreSQL, a real AMQP broker and the simulated partners, started once for all tests of a run. */
public class SluiceServices implements QuarkusTestResourceLifecycleManager {
    EmbeddedPostgres pg;
    EmbeddedActiveMQ mq;
    Simulator simulator;
    static int simulatorPort;

    @Override
    public Map<String, String> start() {
        try {
            pg = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            Path dir = Files.createTempDirectory("broker");
            var c = new ConfigurationImpl();
            c.setSecurityEnabled(false)
                    .setPersistenceEnabled(true)
                    .setJournalDirectory(dir + "/j")
                    .setBindingsDirectory(dir + "/b")
                    .setPagingDirectory(dir + "/p")
                    .setLargeMessagesDirectory(dir + "/l")
                    .setJournalType(org.apache.activemq.artemis.core.server.JournalType.NIO);
            int port;
            try (var s = new java.net.ServerSocket(0)) {
                port = s.getLocalPort();
            }
            c.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
            mq = new EmbeddedActiveMQ().setConfiguration(c);
            mq.start();
            simulator = Simulator.start(new SimulatorSettings(0, Duration.ofMillis(20), 0, 1L, null));
            simulatorPort = simulator.port();
            Map<String, String> m = new HashMap<>();
            m.put("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + pg.getPort() + "/postgres");
            m.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + pg.getPort() + "/postgres");
            m.put("quarkus.datasource.username", "postgres");
            m.put("quarkus.datasource.password", "postgres");
            m.put("amqp-host", "127.0.0.1");
            m.put("amqp-port", "" + port);
            m.put("sluice.simulator.port", "" + simulator.port());
            return m;
        } catch (Exception e) {
            throw new RuntimeException(e);
        }
    }

    @Override
    public void stop() {
        try {
            simulator.close();
            mq.stop();
            pg.close();
        } catch (Exception e) {
            throw new RuntimeException(e);
        }
    }
}
