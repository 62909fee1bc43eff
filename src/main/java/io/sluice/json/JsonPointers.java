package io.sluice.json;

/** JSON Pointers (RFC 6901). */
public final class JsonPointers {

    private JsonPointers() {}

    /** A field name as a reference token (section 3). */
    public static String escape(String name) {
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            return name;
        }
        return name.replace("~", "~0").replace("/", "~1");
    }
}
