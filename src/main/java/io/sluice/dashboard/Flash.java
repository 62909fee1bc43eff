package io.sluice.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.ws.rs.core.NewCookie;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The result of a form, shown once on the next page. It is stored in a cookie: a message in the URL would reappear with
 * every reload, and any link could set it.
 *
 * @param good  whether the action succeeded completely
 * @param batch the batch to link to, or null
 */
@RegisterForReflection
public record Flash(boolean good, String text, List<String> details, UUID batch) {
    public static final String COOKIE = "sluice-flash";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** Keeps the cookie below the 4,096 bytes that browsers accept. */
    private static final int MAX_DETAILS = 8;
    private static final int MAX_DETAIL_LENGTH = 120;
    private static final int SECONDS = 60;
    private static final NewCookie[] NO_COOKIES = {};

    public static Flash good(String text) {
        return new Flash(true, text, List.of(), null);
    }

    public static Flash bad(String text) {
        return new Flash(false, text, List.of(), null);
    }

    public String icon() {
        return good ? "handled" : "delayed";
    }

    /** Adds as many of {@code all} as fit. */
    public Flash withDetails(List<String> all) {
        List<String> some = new ArrayList<>(all.stream().limit(MAX_DETAILS).map(Flash::shortened).toList());
        if (all.size() > MAX_DETAILS) {
            some.add("… and " + (all.size() - MAX_DETAILS) + " more.");
        }
        return new Flash(good && all.isEmpty(), text, some, batch);
    }

    /** Adds a link to a batch. */
    public Flash withBatch(UUID id) {
        return new Flash(good, text, details, id);
    }

    public NewCookie cookie() {
        try {
            return cookie(Base64.getUrlEncoder().withoutPadding().encodeToString(MAPPER.writeValueAsBytes(this)),
                    SECONDS);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Removes the cookie after its message was shown. */
    public static NewCookie[] clearing(String cookie) {
        return cookie == null ? NO_COOKIES : new NewCookie[]{cookie("", 0)};
    }

    /** Reads the cookie; empty if it is absent or not valid. */
    public static Optional<Flash> of(String cookie) {
        if (cookie == null || cookie.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Base64.getUrlDecoder().decode(cookie), Flash.class));
        } catch (IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(COOKIE).value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static String shortened(String detail) {
        return detail.length() <= MAX_DETAIL_LENGTH ? detail : detail.substring(0, MAX_DETAIL_LENGTH - 1) + "…";
    }
}
