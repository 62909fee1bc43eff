package io.sluice.json;

/**
 * One part of an input that is wrong.
 *
 * @param pointer   JSON Pointer (RFC 6901) into the body, empty for the body as a whole; null for a query parameter
 * @param parameter name of the query parameter; null for the body
 * @param detail    one sentence for a person; it does not repeat the value, which may be a person's name or address
 */
public record InputError(String pointer, String parameter, String detail) {

    public static InputError at(String pointer, String detail) {
        return new InputError(pointer, null, detail);
    }

    public static InputError inParameter(String parameter, String detail) {
        return new InputError(null, parameter, detail);
    }
}
