package io.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/**
 * The description of event streams, webhooks and messages (AsyncAPI), beside that of the API at {@code /q/openapi}, whose
 * schemas it shares.
 */
@Path("/q/asyncapi")
@Produces("application/yaml;charset=UTF-8")
public class AsyncApiResource {
    private static final ObjectMapper YAML = new ObjectMapper(
            new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));
    private static final String SCHEMAS = "/components/schemas";

    private volatile String document;

    @GET
    public String document() throws IOException {
        if (document == null) {
            JsonNode description = read("/META-INF/asyncapi.yaml");
            addShared(description, (ObjectNode) description.at(SCHEMAS), read("/META-INF/openapi.yaml").at(SCHEMAS));
            document = YAML.writeValueAsString(description);
        }
        return document;
    }

    private static JsonNode read(String resource) {
        try (InputStream file = AsyncApiResource.class.getResourceAsStream(resource)) {
            return YAML.readTree(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Adds each schema that {@code described} refers to and that is not there, with those that it refers to. */
    private static void addShared(JsonNode described, ObjectNode schemas, JsonNode shared) {
        for (String reference : described.findValuesAsText("$ref")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (reference.startsWith("#" + SCHEMAS) && !schemas.has(name)) {
                schemas.set(name, shared.get(name));
                addShared(shared.get(name), schemas, shared);
            }
        }
    }
}
