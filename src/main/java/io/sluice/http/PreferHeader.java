package io.sluice.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Prefer} header (RFC 7240). Sluice supports {@code wait} and ignores other preferences. */
public final class PreferHeader {
    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";
    private static final Pattern WAIT = Pattern.compile("(?i)^\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?$");
    private static final int MAX_WAIT_SECONDS = 30;

    private PreferHeader() {}

    /** How long the answer may be held, at most 30 s; empty if the client states no wait. */
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
