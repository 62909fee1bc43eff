package io.sluice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.sluice.json.TextRules;
import io.vertx.core.http.HttpServerRequest;

/**
 * The name of the user who sent a request. A reverse proxy writes it into the header that
 * {@code sluice.http.user-header} names; without that key, users are not distinguished. The name is recorded and never
 * grants anything, because a client that bypasses the proxy can send any name.
 */
@ApplicationScoped
public class UserHeader {
    private static final int MAX_NAME = 100;

    private final Optional<String> header;

    UserHeader(@ConfigProperty(name = "sluice.http.user-header") Optional<String> header) {
        this.header = header;
    }

    /** The user's name; {@code otherwise} if there is none or it cannot be shown. */
    public String nameIn(HttpHeaders headers, String otherwise) {
        return shown(header.map(headers::getHeaderString), otherwise);
    }

    /** The same, before a request reaches a resource. */
    String nameIn(HttpServerRequest request, String otherwise) {
        return shown(header.map(request::getHeader), otherwise);
    }

    private static String shown(Optional<String> field, String otherwise) {
        return field
                .map(UserHeader::decoded)
                .map(String::strip)
                .filter(name -> !TextRules.isBlank(name) && TextRules.fault(name, MAX_NAME) == null)
                .orElse(otherwise);
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
