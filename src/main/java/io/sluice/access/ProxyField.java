package io.sluice.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

import io.sluice.json.TextRules;
import io.vertx.core.http.HttpServerRequest;

/** Text that a reverse proxy writes into a header field. */
final class ProxyField {
    private static final int MAX_NAME = 100;

    private ProxyField() {}

    /** A user's name; empty if there is none or it cannot be shown. */
    static String name(HttpServerRequest request, String field) {
        String name = text(request, field).strip();
        return TextRules.isBlank(name) || TextRules.fault(name, MAX_NAME) != null ? "" : name;
    }

    /** The value of the field; empty if there is none. With several fields, nothing can be believed. */
    static String text(HttpServerRequest request, String field) {
        var values = request.headers().getAll(field);
        return values.size() == 1 ? decoded(values.get(0)) : "";
    }

    /** Proxies write UTF-8; HTTP servers read the bytes of a field as ISO-8859-1. */
    private static String decoded(String field) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(field.getBytes(ISO_8859_1))).toString();
        } catch (CharacterCodingException isNoUtf8) {
            return field;
        }
    }
}
