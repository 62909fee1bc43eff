package io.sluice.http;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.sluice.json.TextRules;

/**
 * Tells who sends a request: a reverse proxy that knows its users writes their name into the header configured by
 * {@code sluice.http.user-header}. Without one nobody is told apart. The name is written down and never decides anything,
 * because whoever gets past the proxy can write what they like.
 */
@ApplicationScoped
public class UserHeader {
    private static final int MAX_NAME = 100;

    private final Optional<String> header;

    UserHeader(@ConfigProperty(name = "sluice.http.user-header") Optional<String> header) {
        this.header = header;
    }

    /** The name of who sends the request, or {@code otherwise} if there is none, or none that can be shown. */
    public String nameIn(HttpHeaders headers, String otherwise) {
        return header.map(headers::getHeaderString)
                .map(String::strip)
                .filter(name -> TextRules.fault(name, MAX_NAME) == null)
                .orElse(otherwise);
    }
}
