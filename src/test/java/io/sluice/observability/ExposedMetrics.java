package io.sluice.observability;

import static io.restassured.RestAssured.given;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /q/metrics} of the process under test shows, in the text format of Prometheus. */
final class ExposedMetrics {
    private static final Pattern DESCRIPTION = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    /** Those that Prometheus adds. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, String> meanings = new HashMap<>();
    private final Map<String, List<Sample>> samples = new HashMap<>();

    private record Sample(Map<String, String> labels, double value) {}

    static ExposedMetrics now() {
        ExposedMetrics all = new ExposedMetrics();
        given().accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .forEach(all::read);
        return all;
    }

    private void read(String line) {
        Matcher description = DESCRIPTION.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (description.matches()) {
            (description.group(1).equals("TYPE") ? types : meanings).put(description.group(2), description.group(3));
        } else if (sample.matches()) {
            samples.computeIfAbsent(sample.group(1), name -> new ArrayList<>())
                    .add(new Sample(parse(sample.group(2)), Double.parseDouble(sample.group(3))));
        }
    }

    private static Map<String, String> parse(String text) {
        return text == null
                ? Map.of()
                : LABEL.matcher(text)
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
    }

    /** The names that begin so, as their descriptions have them. */
    Set<String> names(String prefix) {
        return types.keySet().stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toSet());
    }

    String type(String name) {
        return types.get(name);
    }

    String meaning(String name) {
        return meanings.get(name);
    }

    /** The labels of a metric; of a histogram those that all of its samples have. */
    Set<String> labels(String name) {
        String ofSamples = type(name).equals("histogram") ? name + "_count" : name;
        return samples.getOrDefault(ofSamples, List.of())
                .stream()
                .flatMap(sample -> sample.labels().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a query would find a sample of this name with these labels; an empty value stands for any. */
    boolean find(String name, Map<String, String> wanted) {
        return samples.getOrDefault(name, List.of()).stream().anyMatch(sample -> has(sample.labels(), wanted));
    }

    /** The sum of the samples with these labels. */
    double sum(String name, Map<String, String> wanted) {
        return samples.getOrDefault(name, List.of())
                .stream()
                .filter(sample -> has(sample.labels(), wanted))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Map<String, String> labels, Map<String, String> wanted) {
        return wanted.entrySet()
                .stream()
                .filter(label -> !OF_THE_TARGET.contains(label.getKey()))
                .allMatch(label -> labels.containsKey(label.getKey())
                        && (label.getValue().isEmpty() || labels.get(label.getKey()).equals(label.getValue())));
    }
}
