package io.sluice.dashboard;

import java.util.regex.Pattern;

/** Fields for a date and time send it without a zone. They are labelled as UTC. */
public final class UtcField {
    private static final String MINUTES = "2026-01-31T09:30";
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");

    private UtcField() {}

    /** By RFC 3339, if it came from such a field; otherwise as it is. */
    public static String withZone(String value) {
        return value == null || !LOCAL.matcher(value).matches()
                ? value
                : value + (value.length() == MINUTES.length() ? ":00Z" : "Z");
    }
}
