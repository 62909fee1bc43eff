package io.sluice.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.Program;

class ObservabilityFilesTest {

    @Test
    void everyAlert_saysWhatIsWrongAndWhatToDo() throws IOException {
        List<String> runbook = Files.readAllLines(DocumentedMetrics.OPERATIONS)
                .stream()
                .filter(line -> line.startsWith("#"))
                .map(heading -> "docs/operations.md#" + heading.replaceFirst("#+ ", "").toLowerCase().replace(' ', '-'))
                .toList();
        assertThat(Observability.alerts()).hasSizeGreaterThan(15).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            assertThat(alert.at("/annotations/runbook").asText()).isIn(runbook);
        });
        assertThat(Observability.alerts().stream().map(alert -> alert.get("alert").asText())).doesNotHaveDuplicates();
    }

    @Test
    void dashboard_hasAPlaceForEveryPanel() {
        List<JsonNode> panels = Observability.elements(Observability.dashboard().get("panels")).toList();
        assertThat(panels.stream().map(panel -> panel.get("id").asInt())).doesNotHaveDuplicates();
        assertThat(panels.stream().map(panel -> panel.get("gridPos"))).doesNotHaveDuplicates();
        assertThat(panels.stream().filter(panel -> !panel.get("type").asText().equals("row"))).isNotEmpty()
                .allMatch(panel -> panel.at("/datasource/uid").asText().equals("${datasource}"))
                .allMatch(panel -> panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt() <= 24);
    }

    @Test
    void selected_areTheMetricsOfAnExpression() {
        assertThat(new Expression("sum by (job, le) (rate(a_bucket{job=\"$job\",x=\"1\",y=~\"5..\"}[5m])) > 0.05 * b"
                + " and on (job) group_left () c").selected())
                .containsExactly(
                        new Expression.Selected("a_bucket", Map.of("job", "", "x", "1", "y", "")),
                        new Expression.Selected("b", Map.of()), new Expression.Selected("c", Map.of()));
    }

    @Test
    void alerts_fireAsTheirTestsSay() {
        Program.assumeInstalled("promtool");
        Path folder = Path.of("").toAbsolutePath();
        Program.run(folder, "", List.of("promtool", "check", "rules", Observability.ALERTS.toString()))
                .expectSuccess();
        Program.run(folder, "",
                List.of("promtool", "test", "rules", "src/test/resources/io/sluice/observability/alerts-test.yaml"))
                .expectSuccess();
    }
}
