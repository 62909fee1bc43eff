package io.sluice.access;

import java.util.Locale;

/** How callers are told apart, {@code sluice.auth}. */
public enum AccessMode {
    /** Not at all: everybody may do everything. */
    NONE,
    /** People by OpenID Connect, programs by bearer tokens or API keys. */
    OIDC,
    /** People by a reverse proxy, which tells their names in a header; programs by API keys. */
    PROXY;

    /** @throws IllegalArgumentException if it is none of them */
    public static AccessMode of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "none" -> NONE;
            case "oidc" -> OIDC;
            case "proxy" -> PROXY;
            default -> throw new IllegalArgumentException("it must be none, oidc or proxy");
        };
    }
}
