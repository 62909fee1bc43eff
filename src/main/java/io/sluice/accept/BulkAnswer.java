package io.sluice.accept;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.sluice.http.Problem;
import io.sluice.http.ProblemException;

/**
 * The answer to one line.
 *
 * @param status  what a single POST would be answered with
 * @param id      of the order; null if there is a problem
 * @param problem null if the order is stored
 */
public record BulkAnswer(int status, UUID id, Problem problem) {
    private static final JsonFactory JSON = new JsonFactory();

    public static BulkAnswer of(Acceptor.Stored order) {
        return new BulkAnswer(order.created() ? 202 : 200, order.id(), null);
    }

    public static BulkAnswer refused(ProblemException refusal) {
        return new BulkAnswer(refusal.problem().status(), null, refusal.problem());
    }

    /** As JSON on a line of its own, in UTF-8. */
    public byte[] toJson(int line) {
        var bytes = new ByteArrayOutputStream(96);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("line", line);
            json.writeNumberField("status", status);
            if (id != null) {
                json.writeStringField("id", id.toString());
            }
            if (problem != null) {
                json.writeFieldName("problem");
                problem.writeTo(json);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
