package io.sluice.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client prefers (RFC 7240). Of its preferences Sluice knows {@code wait}; others are ignored, as it says. */
public final class Preferences {
    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";
    private static final Pattern WAIT = Pattern.compile("(?i)^\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?$");
    private static final int MAX_WAIT_SECONDS = 30;

    private Preferences() {}

    /** How long the client would have the answer held, at most 30 s; empty if it does not say. */
    public static Optional<Duration> waitOf(List<String> headers) {
        if (headers == null) {
            return Optional.empty();
        }
        return headers.stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> Duration.ofSeconds(Math.min(MAX_WAIT_SECONDS, Long.parseLong(wait.group(1)))));
    }

    /** The value of {@code Preference-Applied} for a wait. */
    public static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
