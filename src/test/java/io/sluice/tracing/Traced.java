package io.sluice.tracing;

import java.util.List;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.sluice.testing.OtlpReceiver;

/** Spans are sent to a receiver of the test, ten times a second. Health and metrics have a port of their own. */
public class Traced implements QuarkusTestProfile {
    private static OtlpReceiver receiver;

    static OtlpReceiver receiver() {
        return receiver;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Receiver.class));
    }

    public static class Receiver implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            receiver = new OtlpReceiver();
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.exporter.otlp.traces.endpoint",
                    receiver.url(), "quarkus.otel.bsp.schedule.delay", "100ms",
                    "quarkus.otel.exporter.otlp.traces.timeout", "3s", "sluice.management.port", "0");
        }

        @Override
        public void stop() {
            receiver.close();
        }
    }
}
