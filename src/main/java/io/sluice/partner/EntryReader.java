package io.sluice.partner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads pending orders. Each entry of a page is read by itself, so that one that nests too deep, has a number that is too
 * long or a field twice does not spoil the others.
 */
final class EntryReader {
    /** Deeper pages would take too much memory. */
    private static final int MAX_DEPTH = 100_000;
    private static final int BYTE_ORDER_MARK = 3;
    /** What tells a person which order it is. */
    private static final Set<String> NAMES = Set.of("externalId", "channel");

    /** Looks where entries begin and end. The size of the answer is limited already. */
    private static final JsonFactory PAGES = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final JsonMapper ENTRIES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private EntryReader() {}

    /**
     * A page.
     *
     * @param head    its texts and truth values
     * @param entries null if it has no list of orders
     */
    record Page(JsonNode head, List<Fetched.Entry> entries) {}

    /**
     * @throws JsonProcessingException if it is no JSON
     * @throws PartnerAnswer.Garbled   if it is no JSON object, or nests too deep for anything to be read
     */
    static Page page(byte[] body) throws IOException {
        byte[] json = withoutMark(body);
        ObjectNode head = ENTRIES.createObjectNode();
        List<Fetched.Entry> entries = null;
        try (JsonParser parser = PAGES.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new PartnerAnswer.Garbled("is no JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("orders") && value == JsonToken.START_ARRAY) {
                    entries = entries(parser, json);
                } else {
                    add(head, name, parser);
                }
            }
            if (parser.nextToken() != null) {
                throw new PartnerAnswer.Garbled("has more after the end of its JSON");
            }
        } catch (StreamConstraintsException tooDeep) {
            throw new PartnerAnswer.Garbled("nests more than " + MAX_DEPTH + " levels deep, so that it cannot be read");
        }
        return new Page(head, entries);
    }

    private static List<Fetched.Entry> entries(JsonParser parser, byte[] json) throws IOException {
        List<Fetched.Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            entries.add(entry(json, from, (int) parser.currentLocation().getByteOffset() - from));
        }
        return entries;
    }

    /** One order. Never fails for well-formed JSON. */
    static Fetched.Entry entry(byte[] json) throws IOException {
        return entry(json, 0, json.length);
    }

    private static Fetched.Entry entry(byte[] json, int offset, int length) throws IOException {
        try {
            return Fetched.Entry.of(ENTRIES.readTree(json, offset, length));
        } catch (JsonProcessingException unreadable) {
            return new Fetched.Entry(names(json, offset, length), fault(unreadable));
        }
    }

    private static String fault(JsonProcessingException unreadable) {
        if (unreadable instanceof StreamConstraintsException) {
            return "The order nests too deep, or has a number or a name that is too long.";
        }
        String detail = PartnerText.clean(unreadable.getOriginalMessage());
        return detail.startsWith("Duplicate field")
                ? "The order has a field more than once."
                : "The order cannot be read: " + detail + ".";
    }

    private static ObjectNode names(byte[] json, int offset, int length) throws IOException {
        ObjectNode names = ENTRIES.createObjectNode();
        try (JsonParser parser = PAGES.createParser(json, offset, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (NAMES.contains(name)) {
                        add(names, name, parser);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
        return names;
    }

    private static void add(ObjectNode to, String name, JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> to.put(name, parser.getText());
            case VALUE_TRUE -> to.put(name, true);
            default -> parser.skipChildren();
        }
    }

    /** U+FEFF in UTF-8 (RFC 8259, section 8.1). */
    private static byte[] withoutMark(byte[] body) {
        boolean marked = body.length >= BYTE_ORDER_MARK && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB
                && body[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(body, BYTE_ORDER_MARK, body.length) : body;
    }
}
