package io.sluice.testing;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;

/** The schemas of an OpenAPI 3.1 or AsyncAPI 3 document: JSON Schema 2020-12. */
public final class DescribedSchemas {
    private static final String BASE = "https://sluice.example/description.json";

    private final JsonSchemaFactory schemas;

    /** Objects are closed here: a field that is not described is an error, though clients must ignore it. */
    public DescribedSchemas(JsonNode document) {
        JsonNode closed = document.deepCopy();
        close(closed);
        this.schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(BASE, closed.toString()))));
    }

    /**
     * What is wrong with a value.
     *
     * @param at where the schema is, as a JSON Pointer
     */
    public List<String> faults(String at, String json) {
        JsonSchema schema = schemas.getSchema(SchemaLocation.of(BASE + "#" + at));
        return schema
                .validate(json, InputFormat.JSON,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(DescribedSchemas::close);
    }
}
