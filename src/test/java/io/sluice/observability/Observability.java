package io.sluice.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The files for Prometheus and Grafana. */
final class Observability {
    static final Path ALERTS = Path.of("src/main/observability/prometheus-alerts.yaml");
    private static final Path DASHBOARD = Path.of("src/main/observability/grafana-dashboard.json");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Observability() {}

    static List<JsonNode> alerts() {
        return elements(read(ALERTS).get("groups")).flatMap(group -> elements(group.get("rules"))).toList();
    }

    static JsonNode dashboard() {
        return read(DASHBOARD);
    }

    /** All queries of both files. */
    static List<Expression> expressions() {
        return Stream.concat(alerts().stream(), Stream.of(dashboard()))
                .flatMap(part -> part.findValuesAsText("expr").stream())
                .map(Expression::new)
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** JSON is YAML, too. */
    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
