package io.sluice.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON text to tree, as strictly as RFC 8259 allows: UTF-8 only (section 8.1), exactly one value, and a field given
 * twice is an error rather than a choice (section 4 leaves that open). Numbers keep the digits they were written with.
 */
final class StrictJson {

    /** No input of this service nests deeper than five levels. */
    private static final int MAX_DEPTH = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    /** U+FEFF in UTF-8. Section 8.1 allows a parser to ignore it. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final JsonParser parser;
    private final InputErrors errors;

    private StrictJson(JsonParser parser, InputErrors errors) {
        this.parser = parser;
        this.errors = errors;
    }

    /**
     * @param errors gets the fields that are given more than once
     * @throws InputException malformed, if there is no value, more than one, or none that is well-formed; invalid, if
     *                        it nests too deep or has a number with too many digits
     */
    static JsonNode parse(byte[] utf8, int offset, int length, InputErrors errors) {
        if (isGzip(utf8, offset, length)) {
            throw InputException.malformed("The body is compressed. Send \"Content-Encoding: gzip\" with it, once.");
        }
        if (!isUtf8(utf8, offset, length)) {
            throw InputException.malformed("The body is not UTF-8, as JSON has to be (RFC 8259, section 8.1).");
        }
        int mark = startsWithMark(utf8, offset, length) ? BYTE_ORDER_MARK.length : 0;
        try (JsonParser parser = JSON.createParser(utf8, offset + mark, length - mark)) {
            if (parser.nextToken() == null) {
                throw InputException.malformed("The body is empty. Send a JSON object.");
            }
            JsonNode root = new StrictJson(parser, errors).value();
            if (parser.nextToken() != null) {
                throw InputException.malformed("There is more after the end of the JSON value.");
            }
            return root;
        } catch (StreamConstraintsException e) {
            throw InputException.invalid("The JSON nests too deep, or has a number with too many digits.");
        } catch (JsonProcessingException e) {
            throw InputException.malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Nothing is read from outside.
        }
    }

    /**
     * The parser takes more than UTF-8: forms that are longer than necessary (RFC 3629, section 3). A text in UTF-16 may
     * be valid UTF-8, but has a NUL among its first characters.
     */
    private static boolean isUtf8(byte[] body, int offset, int length) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, offset, length));
            return text.length() < 2 || text.charAt(0) != 0 && text.charAt(1) != 0;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static boolean startsWithMark(byte[] utf8, int offset, int length) {
        int end = offset + BYTE_ORDER_MARK.length;
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(utf8, offset, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** By the first bytes (RFC 1952, section 2.3.1). */
    private static boolean isGzip(byte[] body, int offset, int length) {
        return length > 2 && (body[offset] & 0xFF) == 0x1F && (body[offset + 1] & 0xFF) == 0x8B;
    }

    private JsonNode value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? NODES.numberNode(parser.getBigIntegerValue())
                    : NODES.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (object.has(name)) {
                errors.add(parser.getParsingContext().pathAsPointer().toString(),
                        "This field is given more than once.");
            }
            parser.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

}
