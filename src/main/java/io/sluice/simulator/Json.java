package io.sluice.simulator;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON as trees, so that nothing depends on reflection (a native image needs no hints), and with a mapper of its own,
 * because Vert.x would ask Quarkus for one before Quarkus has started.
 */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** Fixed width, so that timestamps sort as text too. */
    private static final DateTimeFormatter RFC_3339_MICROS = new DateTimeFormatterBuilder().appendInstant(6)
            .toFormatter();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String timestamp(Instant instant) {
        return instant == null ? null : RFC_3339_MICROS.format(instant);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }

    /** @throws Problem 400 if this is no JSON, 422 if it is no object or names a member twice */
    static ObjectNode parseObject(byte[] json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            return parseObject(parser);
        } catch (IOException e) {
            throw new Problem(400, "The body is not well-formed JSON");
        }
    }

    private static ObjectNode parseObject(JsonParser parser) throws IOException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(parser);
        } catch (MismatchedInputException e) {
            throw Problem.invalid(parser.getParsingContext().pathAsPointer().toString(), "appears more than once");
        }
        if (tree == null || parser.nextToken() != null) {
            throw new Problem(400, "The body is not exactly one JSON document");
        }
        if (!(tree instanceof ObjectNode object)) {
            throw Problem.invalid("", "must be an object");
        }
        return object;
    }
}
