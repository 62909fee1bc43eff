package io.sluice.http;

import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.json.InputException;
import io.sluice.json.InputObject;

/**
 * Reads JSON bodies. What is wrong with one becomes a {@link ProblemException}: 400 if it is not JSON, otherwise 422.
 */
public final class JsonBody {

    private JsonBody() {}

    public static <T> T read(byte[] json, Function<InputObject, T> reader) {
        return read(json, 0, json.length, reader);
    }

    /** Like {@link #read(byte[], Function)}, for {@code length} bytes from {@code offset}. */
    public static <T> T read(byte[] json, int offset, int length, Function<InputObject, T> reader) {
        return read(() -> InputObject.parse(json, offset, length), reader);
    }

    /** The object that a body is, for those that look at it as a whole. */
    public static JsonNode tree(byte[] json) {
        return read(json, InputObject::tree);
    }

    /** Like {@link #read(byte[], Function)}, for a tree that did not come as JSON text. */
    public static <T> T read(JsonNode tree, Function<InputObject, T> reader) {
        return read(() -> InputObject.of(tree), reader);
    }

    /** Like {@link #read(byte[], Function)}, for an object that is part of a body. */
    public static <T> T read(InputObject part, Function<InputObject, T> reader) {
        return read(() -> part, reader);
    }

    private static <T> T read(Supplier<InputObject> object, Function<InputObject, T> reader) {
        try {
            return reader.apply(object.get());
        } catch (InputException refused) {
            throw ProblemException.of(refused);
        }
    }
}
