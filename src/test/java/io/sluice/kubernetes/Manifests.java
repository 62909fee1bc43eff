package io.sluice.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.sluice.testing.Program;

/** The resources of a kustomization, as {@code kubectl} would apply them. */
final class Manifests {
    static final Path FOLDER = Path.of("src/main/kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<JsonNode> resources;

    private Manifests(List<JsonNode> resources) {
        this.resources = resources;
    }

    /** Renders a kustomization of {@link #FOLDER}. Skips the test if kubectl is not installed. */
    static Manifests render(String kustomization) {
        Program.assumeInstalled("kubectl");
        String rendered = Program.run(FOLDER, "", List.of("kubectl", "kustomize", kustomization)).expectSuccess();
        try (MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class).readValues(rendered)) {
            return new Manifests(read.readAll());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Reads a file with one or more resources. */
    static List<JsonNode> read(String file) {
        try (MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class)
                .readValues(FOLDER.resolve(file).toFile())) {
            return read.readAll();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<JsonNode> all() {
        return resources;
    }

    Stream<JsonNode> ofKind(String kind) {
        return resources.stream().filter(resource -> resource.get("kind").asText().equals(kind));
    }

    /** The resource of this kind and name; it must be there. */
    JsonNode get(String kind, String name) {
        return ofKind(kind).filter(resource -> name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
    }

    /** The pod templates of Deployments and Jobs. */
    List<JsonNode> podTemplates() {
        return resources.stream()
                .map(resource -> resource.at("/spec/template"))
                .filter(template -> template.has("spec"))
                .toList();
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Whether {@code labels} has everything that {@code matchLabels} asks for. */
    static boolean match(JsonNode matchLabels, JsonNode labels) {
        for (Iterator<Map.Entry<String, JsonNode>> wanted = matchLabels.fields(); wanted.hasNext();) {
            Map.Entry<String, JsonNode> label = wanted.next();
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
