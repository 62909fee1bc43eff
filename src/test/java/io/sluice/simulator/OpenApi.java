package io.sluice.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** An OpenAPI file, as far as {@code docs/partners.openapi.yaml} makes use of the format. */
record OpenApi(JsonNode root) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    static OpenApi read(Path file) {
        try {
            return new OpenApi(new YAMLMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the file's sequence. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        operations.add(new Operation(operation.getKey().toUpperCase(),
                                path.getValue().at("/servers/0/url").textValue(), path.getKey(),
                                operation.getValue()));
                    }
                }));
        return operations;
    }

    /** One call. @param server the URL that the path follows */
    record Operation(String method, String server, String path, JsonNode json) {

        String id() {
            return json.path("operationId").textValue();
        }

        JsonNode requestMedia() {
            return json.at("/requestBody/content/application~1json");
        }
    }

    Stream<JsonNode> parameters(Operation operation, String in) {
        return elements(operation.json().path("parameters")).map(this::resolved)
                .filter(parameter -> parameter.path("in").textValue().equals(in));
    }

    /** What the file says about answers with that status code, if only by the code's class. */
    Optional<JsonNode> response(Operation operation, int status) {
        JsonNode responses = operation.json().path("responses");
        return Stream.of(String.valueOf(status), status / 100 + "XX")
                .map(code -> resolved(responses.path(code)))
                .filter(response -> !response.isMissingNode())
                .findFirst();
    }

    /** Everything that has a schema and an example: bodies, parameters, headers. */
    List<JsonNode> examples() {
        return root.findParents("example");
    }

    /** In what a value is not as a schema says; members that the schema does not have count, too. */
    List<String> violations(JsonNode schemaOrReference, JsonNode value, String at) {
        JsonNode schema = resolved(schemaOrReference);
        List<String> violations = new ArrayList<>();
        if (schema.isMissingNode()) {
            return List.of(at + " is not in the file");
        }
        List<String> types = texts(schema.path("type"));
        if (types.stream().noneMatch(type -> isOfType(type, value))) {
            violations.add(at + " should be " + types + ", not " + value);
        }
        if (value.isTextual() && !value.textValue().matches(schema.path("pattern").asText("(?s).*"))) {
            violations.add(at + " should match " + schema.path("pattern"));
        }
        if (value.isTextual() && value.textValue().length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            violations.add(at + " is too long");
        }
        texts(schema.path("required")).stream()
                .filter(name -> value.isObject() && !value.has(name))
                .forEach(name -> violations.add(at + "/" + name + " is missing"));
        value.fields()
                .forEachRemaining(member -> violations.addAll(violations(
                        schema.path("properties").path(member.getKey()), member.getValue(),
                        at + "/" + member.getKey())));
        if (value.isArray()) {
            value.forEach(item -> violations.addAll(violations(schema.path("items"), item, at + "/-")));
        }
        return violations;
    }

    private JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        JsonNode target = root.at(node.path("$ref").textValue().substring(1));
        if (target instanceof MissingNode) {
            throw new IllegalStateException("The file refers to " + node.path("$ref") + ", which is not there");
        }
        return target;
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("No check for the type " + type);
        };
    }

    private static List<String> texts(JsonNode oneOrMany) {
        return oneOrMany.isTextual()
                ? List.of(oneOrMany.textValue())
                : elements(oneOrMany).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }
}
