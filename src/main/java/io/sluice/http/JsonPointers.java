package io.sluice.http;

/** JSON Pointer, RFC 6901. */
final class JsonPointers {

    private JsonPointers() {}

    /** A field name as a reference token (section 3). */
    static String escape(String name) {
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            return name;
        }
        return name.replace("~", "~0").replace("/", "~1");
    }
}
