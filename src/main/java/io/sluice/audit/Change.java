package io.sluice.audit;

import java.util.List;
import java.util.Objects;

import io.vertx.core.json.JsonObject;

/**
 * What a change made different. It must not have personal data of customers: nothing is ever erased from the audit.
 *
 * @param fields names of the fields of a corrected order; null for other changes
 * @param before the values before, of what is different; null if there were none
 * @param after  the values after; null if there are none
 */
public record Change(List<String> fields, JsonObject before, JsonObject after) {
    public static final Change UNSAID = new Change(null, null, null);

    public static Change ofFields(List<String> fields) {
        return new Change(fields, null, null);
    }

    public static Change of(String name, Object before, Object after) {
        return new Change(null, JsonObject.of(name, before), JsonObject.of(name, after));
    }

    /** Of something that is new, or was only asked for. */
    public static Change to(JsonObject after) {
        return new Change(null, null, after);
    }

    /** Of something that is removed. */
    public static Change from(JsonObject before) {
        return new Change(null, before, null);
    }

    /** What is different between two versions; a value that is missing counts as null. */
    public static Change between(JsonObject before, JsonObject after) {
        JsonObject old = new JsonObject();
        JsonObject now = new JsonObject();
        for (String name : after.fieldNames()) {
            if (!Objects.equals(before.getValue(name), after.getValue(name))) {
                old.put(name, before.getValue(name));
                now.put(name, after.getValue(name));
            }
        }
        return now.isEmpty() ? UNSAID : new Change(null, old, now);
    }
}
