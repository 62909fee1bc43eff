package io.sluice.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.testing.DescribedSchemas;

/** An OpenAPI 3.1 document, as far as a test needs it. Its schemas are JSON Schema 2020-12. */
final class ApiDescription {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete", "head");

    private final JsonNode root;
    private final DescribedSchemas schemas;

    ApiDescription(String json) {
        this.root = parse(json);
        this.schemas = new DescribedSchemas(root);
    }

    /** @param at where in the document it is, as a JSON Pointer */
    record Operation(String method, String path, JsonNode json, List<JsonNode> parameters, String at) {
        String id() {
            return json.path("operationId").asText();
        }

        boolean isDescribed(int status) {
            return json.path("responses").has(Integer.toString(status));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
            if (METHODS.contains(method.getKey())) {
                List<JsonNode> parameters = Stream.of(path.getValue(), method.getValue())
                        .flatMap(node -> elements(node.path("parameters")))
                        .map(this::resolved)
                        .toList();
                operations
                        .add(new Operation(method.getKey().toUpperCase(), path.getKey(), method.getValue(), parameters,
                                "/paths/" + path.getKey().replace("/", "~1") + "/" + method.getKey()));
            }
        }));
        return operations;
    }

    /** @param at where in the document it is, as a JSON Pointer */
    record Located(JsonNode json, String at) {}

    /** What is at this JSON Pointer, or what that refers to. */
    Located located(String at) {
        JsonNode found = root.at(at);
        return found.has("$ref") ? located(found.get("$ref").asText().substring(1)) : new Located(found, at);
    }

    private Located answer(Operation operation, int status) {
        return located(operation.at() + "/responses/" + status);
    }

    JsonNode response(Operation operation, int status) {
        return answer(operation, status).json();
    }

    /** The bodies that the document shows for this request. */
    List<JsonNode> examples(JsonNode media) {
        return media.has("example")
                ? List.of(media.get("example"))
                : elements(media.path("examples")).map(example -> resolved(example).path("value")).toList();
    }

    /** What is wrong with a body by the schema of this answer. */
    List<String> faults(Operation operation, int status, String mediaType, String body) {
        return faults(
                answer(operation, status).at() + "/content/" + mediaType.replace("/", "~1") + "/schema", body);
    }

    /** @param at where the schema is, as a JSON Pointer */
    List<String> faults(String at, String json) {
        return schemas.faults(at, json);
    }

    private JsonNode resolved(JsonNode node) {
        return Optional.ofNullable(node.get("$ref")).map(ref -> root.at(ref.asText().substring(1))).orElse(node);
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        Iterator<JsonNode> each = node.elements();
        each.forEachRemaining(elements::add);
        return elements.stream();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
