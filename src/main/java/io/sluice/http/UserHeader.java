package io.sluice.http;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.sluice.json.TextRules;

/**
 * The name of the user who sent a request. A reverse proxy writes it into the header that {@code sluice.http.user-header}
 * names; without that key, users are not distinguished. The name is recorded and never grants anything, because a client
 * that bypasses the proxy can send any name.
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
        return header.map(headers::getHeaderString)
                .map(String::strip)
                .filter(name -> !TextRules.isBlank(name) && TextRules.fault(name, MAX_NAME) == null)
                .orElse(otherwise);
    }
}
