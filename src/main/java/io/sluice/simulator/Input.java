package io.sluice.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads members of a request body by JSON Pointer and gathers every complaint, so that one answer names them all. */
final class Input {

    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final ObjectNode body;
    private final Set<String> asked = new HashSet<>();
    private final List<Problem.InputError> errors = new ArrayList<>();

    Input(ObjectNode body) {
        this.body = body;
    }

    /** A string that must be there and not be blank; {@code null} if it is not, until {@link #check} complains. */
    String text(String pointer) {
        Optional<String> text = optionalText(pointer);
        if (text.isEmpty()) {
            present(pointer);
        }
        return text.orElse(null);
    }

    Optional<String> optionalText(String pointer) {
        return read(pointer, node -> node.isTextual() && !node.textValue().isBlank(), JsonNode::textValue,
                "must be a string that is not blank");
    }

    /** A string, perhaps an empty one. */
    Optional<String> prefix(String pointer) {
        return read(pointer, JsonNode::isTextual, JsonNode::textValue, "must be a string");
    }

    void present(String pointer) {
        if (body.at(pointer).isMissingNode()) {
            errors.add(new Problem.InputError(pointer, "is missing"));
        }
    }

    Optional<Long> integer(String pointer, long min, long max) {
        return read(pointer,
                node -> node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= min
                        && node.longValue() <= max,
                JsonNode::longValue, "must be a whole number from " + min + " to " + max);
    }

    Optional<Integer> positive(String pointer) {
        return integer(pointer, 1, Integer.MAX_VALUE).map(Long::intValue);
    }

    Optional<Double> rate(String pointer) {
        return read(pointer, node -> node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= 1,
                JsonNode::doubleValue, "must be a number from 0 to 1");
    }

    Optional<Boolean> flag(String pointer) {
        return read(pointer, JsonNode::isBoolean, JsonNode::booleanValue, "must be true or false");
    }

    /** A PDF in Base64; it is not looked into. */
    Optional<byte[]> pdf(String pointer) {
        return read(pointer, node -> node.isTextual() && isPdf(node.textValue()),
                node -> Base64.getDecoder().decode(node.textValue()), "must be a PDF in Base64");
    }

    private static boolean isPdf(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Arrays.equals(bytes, 0, Math.min(bytes.length, PDF.length), PDF, 0, PDF.length);
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** {@code null} in JSON is {@link Fault#NONE}. */
    Optional<Fault> fault(String pointer) {
        Map<String, Fault> byName = new HashMap<>();
        Stream.of(Fault.values()).forEach(fault -> byName.put(fault.wireName(), fault));
        return read(pointer, node -> (node.isTextual() || node.isNull()) && byName.containsKey(node.textValue()),
                node -> byName.get(node.textValue()), "must be null or one of " + Fault.wireNames());
    }

    /** Complains of every top-level member that nobody asked for. */
    void refuseOthers() {
        body.fieldNames().forEachRemaining(name -> {
            String pointer = "/" + name.replace("~", "~0").replace("/", "~1");
            if (!asked.contains(pointer)) {
                errors.add(new Problem.InputError(pointer, "is unknown"));
            }
        });
    }

    /** @throws Problem 422 with all complaints so far, if there are any */
    void check() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private <T> Optional<T> read(String pointer, Predicate<JsonNode> valid, Function<JsonNode, T> value,
            String complaint) {
        asked.add(pointer);
        JsonNode node = body.at(pointer);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!valid.test(node)) {
            errors.add(new Problem.InputError(pointer, complaint));
            return Optional.empty();
        }
        return Optional.of(value.apply(node));
    }
}
