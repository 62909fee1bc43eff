package io.sluice.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of metrics in the documentation. */
public final class DocumentedMetrics {
    static final Path OPERATIONS = Path.of("docs/operations.md");

    private DocumentedMetrics() {}

    private record Metric(String name, String type, Set<String> labels, String unit, Set<String> roles,
            String meaning) {}

    /** Fails unless the process under test, which has this role, shows exactly what the table says. */
    public static void assertThatRoleHasThem(String role) {
        Map<String, Metric> documented = table().stream()
                .filter(metric -> metric.roles().contains(role))
                .collect(Collectors.toMap(Metric::name, Function.identity()));
        ExposedMetrics exposed = ExposedMetrics.now();
        assertThat(exposed.names("sluice_")).containsExactlyInAnyOrderElementsOf(documented.keySet());
        documented.forEach((name, metric) -> {
            assertThat(metric.type()).as(name).isEqualTo(exposed.type(name));
            assertThat(metric.labels()).as(name).isEqualTo(exposed.labels(name));
            assertThat(metric.meaning()).as(name).isEqualTo(exposed.meaning(name));
            assertThat(metric.unit().equals("seconds")).as(name).isEqualTo(name.contains("_seconds"));
        });
    }

    private static List<Metric> table() {
        try {
            return Files.readAllLines(OPERATIONS)
                    .stream()
                    .filter(line -> line.startsWith("| `sluice_"))
                    .map(DocumentedMetrics::metric)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Metric metric(String row) {
        String[] cells = row.replace("`", "").split("\\s*\\|\\s*");
        return new Metric(cells[1], cells[2], names(cells[3]), cells[4], names(cells[5]), cells[7]);
    }

    private static Set<String> names(String cell) {
        return cell.equals("–") ? Set.of() : new TreeSet<>(Arrays.asList(cell.split(", ")));
    }
}
