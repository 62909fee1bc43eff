package io.sluice.access;

import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.core.http.HttpServerRequest;

/**
 * The name of the user where there is no login ({@code sluice.auth=none}). A reverse proxy writes it into the header that
 * {@code sluice.http.user-header} names; without that key, users are not distinguished. The name is recorded and never
 * grants anything, because a client that bypasses the proxy can send any name.
 */
@Singleton
public class UserHeader {
    private final Optional<String> header;

    @Inject
    UserHeader(@ConfigProperty(name = "sluice.http.user-header") Optional<String> header) {
        this.header = header;
    }

    /** The user's name; empty if there is none or it cannot be shown. */
    public String nameIn(HttpServerRequest request) {
        return header.map(field -> ProxyField.name(request, field)).orElse("");
    }
}
