package io.sluice.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.sluice.json.InputError;

/**
 * An error as clients see it (RFC 9457).
 *
 * @param type     URI of the kind of problem; {@code about:blank} if the status is enough
 * @param detail   one sentence for a person about this occurrence
 * @param instance path of the request; null if the problem is part of a larger answer
 * @param errors   what is wrong with the input; empty for other problems
 */
public record Problem(String type, String title, int status, String detail, String instance, List<InputError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonFactory JSON = new JsonFactory();

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemType type, String detail) {
        return of(type, detail, List.of());
    }

    public static Problem of(ProblemType type, String detail, List<InputError> errors) {
        return new Problem(type.uri(), type.title(), type.status(), detail, null, errors);
    }

    /** The same problem for a request to {@code path}. */
    public Problem at(String path) {
        return new Problem(type, title, status, detail, path, errors);
    }

    /** The problem as UTF-8 JSON. */
    public byte[] toJson() {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the problem as one JSON object, for answers that carry several. */
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("title", title);
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
        if (instance != null) {
            json.writeStringField("instance", instance);
        }
        if (!errors.isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (InputError error : errors) {
                write(error, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(InputError error, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (error.pointer() != null) {
            json.writeStringField("pointer", error.pointer());
        }
        if (error.parameter() != null) {
            json.writeStringField("parameter", error.parameter());
        }
        json.writeStringField("detail", error.detail());
        json.writeEndObject();
    }
}
