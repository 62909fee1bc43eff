package io.sluice.queue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.http.BodyLimit;
import io.sluice.http.JsonBody;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.json.InputError;
import io.sluice.json.InputObject;
import io.sluice.tracing.Traceparent;

/**
 * Reads a CloudEvent 1.0 by the AMQP protocol binding 1.0: in binary mode, where the attributes are application
 * properties and the body is the order, or in structured mode, where the body has all of it as JSON.
 */
final class CloudEventReader {
    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = STRUCTURED + "+json";
    private static final String BATCH = STRUCTURED + "-batch";
    /** The second one is for JMS, whose names have no colon. */
    private static final List<String> PREFIXES = List.of("cloudEvents:", "cloudEvents_");

    private CloudEventReader() {}

    /** @throws ProblemException if it is no event of the right kind; the order in it is not looked at */
    static CloudEvent read(Message message) {
        String type = mediaType(message.getContentType());
        if (type.startsWith(BATCH)) {
            throw unsupported("A batch of events cannot be read. Send each event as a message of its own.");
        }
        byte[] body = body(message);
        if (!type.startsWith(STRUCTURED)) {
            Attributes attributes = Attributes.read(name -> property(message, name));
            checkJson(type);
            return attributes.with(JsonBody.read(body, order -> order));
        }
        if (!type.equals(STRUCTURED_JSON)) {
            throw unsupported("Of the structured formats, only " + STRUCTURED_JSON + " can be read.");
        }
        return JsonBody.read(body, CloudEventReader::structured);
    }

    private static CloudEvent structured(InputObject event) {
        JsonNode tree = event.tree();
        Attributes attributes = Attributes.read(name -> value(tree.get(name)));
        checkJson(mediaType(event.textIfAny("datacontenttype", Integer.MAX_VALUE)));
        if (event.has("data_base64") && !event.has("data")) {
            String encoded = event.anyText("data_base64");
            event.check();
            return attributes.with(JsonBody.read(decoded(encoded), order -> order));
        }
        if (event.has("data_base64")) {
            event.error("data_base64", "There must be data or data_base64, not both.");
        }
        InputObject order = event.object("data");
        event.check();
        return attributes.with(order);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw ProblemException.invalid(List.of(InputError.at("/data_base64", "This must be Base64.")));
        }
    }

    /** Java's value of an attribute, or null. */
    private static Object value(JsonNode attribute) {
        if (attribute == null || attribute.isNull()) {
            return null;
        }
        return attribute.isTextual() ? attribute.textValue() : attribute;
    }

    private static Object property(Message message, String name) {
        Map<String, Object> properties = message.getApplicationProperties() == null
                ? Map.of()
                : message.getApplicationProperties().getValue();
        return PREFIXES.stream()
                .map(prefix -> properties.get(prefix + name))
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    private record Attributes(String source, String id, String traceparent) {

        /** @throws ProblemException with all that is wrong with them */
        static Attributes read(Function<String, Object> values) {
            List<InputError> errors = new ArrayList<>();
            String version = text("specversion", values, errors);
            String type = text("type", values, errors);
            String source = text("source", values, errors);
            String id = text("id", values, errors);
            if (version != null && !version.equals(CloudEvent.VERSION)) {
                errors.add(InputError.inParameter("specversion", "This must be " + CloudEvent.VERSION + "."));
            }
            if (type != null && !type.equals(CloudEvent.TYPE)) {
                errors.add(InputError.inParameter("type", "This must be " + CloudEvent.TYPE + "."));
            }
            if (!errors.isEmpty()) {
                throw ProblemException.invalid(errors);
            }
            return new Attributes(source, id,
                    values.apply(Traceparent.HEADER) instanceof String traceparent ? traceparent : null);
        }

        private static String text(String name, Function<String, Object> values, List<InputError> errors) {
            Object value = values.apply(name);
            if (value instanceof String text && !text.isBlank()) {
                return text;
            }
            errors.add(InputError.inParameter(name, value == null || value instanceof String
                    ? "This attribute of the CloudEvent is missing."
                    : "This attribute of the CloudEvent must be a string."));
            return null;
        }

        CloudEvent with(InputObject order) {
            return new CloudEvent(source, id, traceparent, order);
        }
    }

    /** Without its parameters, in lower case; empty if there is none. */
    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Some clients, JMS among them, cannot say what a text is. */
    private static void checkJson(String type) {
        if (!type.isEmpty() && !type.equals("application/json") && !type.matches("application/.+\\+json")) {
            throw unsupported("An order must be application/json.");
        }
    }

    private static byte[] body(Message message) {
        byte[] body = bytes(message);
        if (body.length > BodyLimit.MAX_BYTES) {
            throw ProblemException.tooLarge("The body is longer than " + BodyLimit.MAX_BYTES + " bytes.");
        }
        String coding = message.getContentEncoding();
        if (coding != null && !coding.isBlank() && !coding.equalsIgnoreCase("identity") || isGzip(body)) {
            throw unsupported("A compressed body cannot be read. Send it as it is, without content-encoding.");
        }
        return body;
    }

    private static byte[] bytes(Message message) {
        Object body = message.getBody();
        if (body instanceof Data data) {
            body = data.getValue();
        } else if (body instanceof AmqpValue value) {
            body = value.getValue();
        }
        if (body == null) {
            throw ProblemException.malformed("The message has no body.");
        }
        if (body instanceof Binary binary) {
            byte[] bytes = new byte[binary.getLength()];
            binary.asByteBuffer().get(bytes);
            return bytes;
        }
        if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw unsupported("The body must be binary data or a string.");
    }

    private static boolean isGzip(byte[] body) {
        return body.length > 2 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B;
    }

    private static ProblemException unsupported(String detail) {
        return ProblemException.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
