package io.sluice.operator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The names of the fields in which two versions of an order differ, such as {@code shipTo.city}. The shop chooses the
 * keys of the metadata, so they may name a person: {@code metadata} is one field.
 */
final class ChangedFields {
    private static final Set<String> WITH_PARTS = Set.of("customer", "shipTo");

    private ChangedFields() {}

    static List<String> between(JsonNode before, JsonNode after) {
        List<String> changed = new ArrayList<>();
        for (String name : names(before, after)) {
            JsonNode old = value(before, name);
            JsonNode now = value(after, name);
            if (WITH_PARTS.contains(name)) {
                between(old, now).forEach(part -> changed.add(name + "." + part));
            } else if (!Objects.equals(old, now)) {
                changed.add(name);
            }
        }
        return changed;
    }

    private static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Null, too, if the field is there without a value. */
    private static JsonNode value(JsonNode order, String name) {
        JsonNode value = order.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
