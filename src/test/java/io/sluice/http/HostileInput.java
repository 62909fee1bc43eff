package io.sluice.http;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Values that no one should send, and some that one may. */
final class HostileInput {
    /** For query parameters and path segments, percent-encoded where the syntax of addresses demands it. */
    static final List<String> ENCODED = List.of("", "%20", "%00", "%FF", "%F0%9F%98%80", "-1", "0", "1", "201", "1.5",
            "99999999999999999999", "nonsense", "null", "true", "..%2F..%2Fetc%2Fpasswd",
            "%27%3B%20drop%20table%20orders",
            "%25s%25n", "%3Cscript%3E", "x%0d%0aSet-Cookie:%20pwned=1", "$%7Bjndi:ldap://127.0.0.1/x%7D",
            "2026-01-31T09:30:00Z", "2026-13-31", "+999999999-01-01T00:00:00Z",
            "a".repeat(300),
            "0192e6ba-3c5e-7a4f-8d6b-9e0f1a2b3c4d", "749-31", "9223372036854775807-9223372036854775807");
    static final List<String> HEADERS = List.of("", " ", "nonsense", "\"", "W/\"", "W/\"99999999999\"", "*", ", ,",
            "-1",
            "wait=-1", "wait=99999999999999", "wait=0", "a".repeat(300), "<script>", "' or 1=1");
    /** For JSON bodies as a whole. */
    static final List<String> BODIES = List.of("", " ", "{", "}", "null", "[]", "{}", "true", "1", "\"x\"", "{}{}",
            "{\"a\":1,\"a\":2}", "{\"\\u0000\":\"\\u0000\"}", "{\"a\":1e999999}", "[".repeat(5000),
            "{\"a\":".repeat(5000),
            "\uFEFF{}", "NaN", "{'a':1}", "{\"a\":\"\\ud800\"}", "a".repeat(5000));
    private static final List<String> VALUES = List.of("null", "true", "-1", "0", "1.5", "2.0",
            "99999999999999999999", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e\"", "\"-0\"",
            "\"1e3\"", "\"" + "a".repeat(3000) + "\"", "\"x\\r\\nSet-Cookie: pwned=1\"",
            "\"'); drop table orders; --\"", "\"{7 * 7}${7*7}#{7*7}\"", "[]", "[null]", "[[]]", "{}", "{\"unknown\":1}",
            "{\"\":null}");

    private HostileInput() {}

    /** The body with each of its values replaced or left out, one at a time. */
    static List<String> mutations(JsonNode body) {
        List<String> mutations = new ArrayList<>();
        mutate(body.deepCopy(), null, mutations);
        return mutations;
    }

    /** @param root null for the root itself */
    private static void mutate(JsonNode node, JsonNode root, List<String> mutations) {
        JsonNode whole = root == null ? node : root;
        if (node instanceof ObjectNode object) {
            object.put("unknown", 1);
            mutations.add(whole.toString());
            object.remove("unknown");
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                for (String other : VALUES) {
                    object.set(name, ApiDescription.parse(other));
                    mutations.add(whole.toString());
                }
                object.remove(name);
                mutations.add(whole.toString());
                object.set(name, value);
                mutate(value, whole, mutations);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                for (String other : VALUES) {
                    array.set(i, ApiDescription.parse(other));
                    mutations.add(whole.toString());
                }
                array.set(i, value);
                mutate(value, whole, mutations);
            }
        }
    }
}
